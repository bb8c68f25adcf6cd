//! What the page shows of a simulation: exchanges one after another, and the latest state of the chats.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tokio::sync::watch;

use crate::client::{Exchange, Received};
use crate::simulate::audience::{Audience, Happening, Side};

/// How many exchanges are kept for who opens the page late.
const KEPT: usize = 1000;

/// Longer bodies are cut.
const BODY: usize = 4000;

/// What every page that is open shows.
#[derive(Debug, Default)]
pub(super) struct Stage {
    shown: Mutex<Shown>,
    changed: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Shown {
    /// Server-sent events, as they go out.
    events: VecDeque<String>,
    /// How many events came before the first of those.
    gone: usize,
    snapshot: String,
    version: u64,
}

/// How far one page has read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    events: usize,
    version: u64,
}

impl Place {
    /// Right after the event with this id.
    pub(super) fn after(id: usize) -> Self {
        Self { events: id, version: 0 }
    }
}

impl Stage {
    /// Shows one more event.
    pub(super) fn push(&self, event: &Value) {
        let mut shown = self.lock();
        let id = shown.gone + shown.events.len() + 1;
        shown.events.push_back(format!("id: {id}\ndata: {event}\n\n"));
        if shown.events.len() > KEPT {
            shown.events.pop_front();
            shown.gone += 1;
        }
        drop(shown);
        self.changed.send_modify(|count| *count += 1);
    }

    /// Shows a new state of the chats.
    pub(super) fn show(&self, snapshot: &Value) {
        let mut shown = self.lock();
        shown.snapshot = format!("data: {snapshot}\n\n");
        shown.version += 1;
        drop(shown);
        self.changed.send_modify(|count| *count += 1);
    }

    /// Word of each change.
    pub(super) fn follow(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// What is new after `place`, and the place after it.
    pub(super) fn since(&self, place: Place) -> (String, Place) {
        let shown = self.lock();
        let first = place.events.saturating_sub(shown.gone);
        let mut text: String = shown.events.iter().skip(first).map(String::as_str).collect();
        if place.version != shown.version {
            text.push_str(&shown.snapshot);
        }
        (text, Place { events: shown.gone + shown.events.len(), version: shown.version })
    }

    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Audience for Stage {
    fn see(&self, happening: &Happening<'_>) {
        match happening {
            Happening::Exchange(side, exchange) => {
                if let Some(typing) = typing(*side, exchange) {
                    self.push(&typing);
                }
                self.push(&shown(*side, exchange));
            }
            Happening::AnswerLost => self.push(&json!({"kind": "lost"})),
            Happening::Repeat(number) => self.push(&json!({"kind": "repeat", "number": number})),
            Happening::Step(..) | Happening::Trouble(_) | Happening::Compared(_) => {}
        }
    }
}

/// Who types, if that is what the helpdesk tells.
fn typing(side: Side, exchange: &Exchange) -> Option<Value> {
    let body: Value = serde_json::from_str(&exchange.sent.body).ok()?;
    let types = side == Side::Webhook && body["event_type"] == "agent_typing";
    let (chat, name) = (&body["conversation_id"], &body["data"]["agent"]["name"]);
    types.then(|| json!({"kind": "typing", "chat": chat, "name": name}))
}

fn shown(side: Side, exchange: &Exchange) -> Value {
    let sent = &exchange.sent;
    let path = sent.url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map(|(_, path)| path);
    let (status, millis, answer) = match &exchange.answer {
        Ok(Received { status, millis, body, .. }) => (Some(status), Some(millis), pretty(body)),
        Err(why) => (None, None, why.clone()),
    };
    json!({
        "kind": "exchange",
        "side": format!("{side:?}").to_lowercase(),
        "method": sent.method.as_str(),
        "path": path.map_or_else(|| sent.url.clone(), |path| format!("/{path}")),
        "headers": headers(&sent.headers),
        "request": pretty(&sent.body),
        "status": status,
        "ms": if side == Side::Webhook { None } else { millis },
        "answer": answer,
    })
}

/// The headers that say something about the call itself.
fn headers(headers: &[(String, String)]) -> String {
    let tells = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.starts_with("x-")
            || ["authorization", "content-type", "idempotency-key"].contains(&name.as_str())
    };
    let told = headers.iter().filter(|(name, _)| tells(name));
    told.map(|(name, value)| format!("{}: {value}", name.to_ascii_lowercase())).collect::<Vec<_>>().join("\n")
}

/// The body, indented if it is JSON, cut if it is long.
fn pretty(body: &str) -> String {
    let value = serde_json::from_str::<Value>(body).ok();
    let text = value.map_or_else(|| body.to_owned(), |value| format!("{value:#}"));
    let mut short: String = text.chars().take(BODY).collect();
    if short.len() < text.len() {
        short.push_str("\n… (cut)");
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_late_sees_everything_and_who_reads_on_sees_what_is_new() {
        let stage = Stage::default();
        stage.push(&json!(1));
        stage.show(&json!("state"));
        let (text, place) = stage.since(Place::default());
        assert_eq!(text, "id: 1\ndata: 1\n\ndata: \"state\"\n\n");
        stage.push(&json!(2));
        assert_eq!(stage.since(place).0, "id: 2\ndata: 2\n\n");
        assert_eq!(stage.since(Place::after(1)).0, "id: 2\ndata: 2\n\ndata: \"state\"\n\n");
    }

    #[test]
    fn the_oldest_events_go_when_there_are_too_many() {
        let stage = Stage::default();
        (0..KEPT + 5).for_each(|number| stage.push(&json!(number)));
        let (text, _) = stage.since(Place::default());
        assert!(text.starts_with("id: 6\n"), "{}", &text[..20]);
        assert_eq!(text.matches("data: ").count(), KEPT);
    }
}
