//! The state of the chats, as the page draws it.

use deskport_domain::MessageBody;
use deskport_domain::html::verify;
use deskport_wire::Variant;
use serde_json::{Value, json};

use crate::simulate::belief::{Held, Thread};
use crate::simulate::{Comparison, Simulator};

/// What the page shows beside the chats.
pub(super) struct Setting<'s> {
    pub(super) server: &'s str,
    pub(super) variant: Variant,
    pub(super) agent: Option<&'s str>,
    pub(super) answers_itself: bool,
    pub(super) compared: Option<&'s Comparison>,
}

/// Everything that is drawn.
pub(super) fn snapshot(simulator: &Simulator, setting: &Setting<'_>) -> Value {
    let fin = &simulator.fin.agent;
    let chats: Vec<Value> = simulator.threads.iter().map(|thread| chat(thread, &fin.id)).collect();
    json!({
        "kind": "state",
        "server": setting.server,
        "variant": format!("{:?}", setting.variant),
        "fin": fin.name,
        "agent": setting.agent,
        "auto": setting.answers_itself,
        "losing": simulator.fin.losses > 0,
        "can_expire": simulator.fin.client.access().can_fetch(),
        "current": simulator.current,
        "chats": chats,
        "compared": setting.compared.map(compared),
    })
}

fn compared(comparison: &Comparison) -> Value {
    json!({
        "in_step": comparison.is_in_step(),
        "text": comparison.to_string().lines().next().unwrap_or_default(),
        "differences": comparison.differences.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn chat(thread: &Thread, fin: &str) -> Value {
    let facts = thread.facts.clone().unwrap_or_default();
    let state = match facts.assignee.as_deref() {
        _ if facts.status.as_deref() == Some("closed") => "closed",
        Some(assignee) if assignee != fin => "with a person",
        None if thread.was_handed_over() => "waiting for a person",
        _ => "with Fin",
    };
    json!({
        "id": thread.id,
        "name": thread.user.name,
        "email": thread.user.email,
        "title": facts.title,
        "state": state,
        "entries": entries(thread, fin),
    })
}

/// Messages and the lines between them; at the end, what the helpdesk holds and Fin has not been shown.
fn entries(thread: &Thread, fin: &str) -> Vec<Value> {
    let mut entries = Vec::new();
    let mut marks = thread.marks.iter().peekable();
    for (known, held) in thread.messages().enumerate() {
        while let Some((_, mark)) = marks.next_if(|(after, _)| *after <= known) {
            entries.push(json!({"mark": mark}));
        }
        entries.push(message(thread, held, fin, true));
    }
    entries.extend(marks.map(|(_, mark)| json!({"mark": mark})));
    let is_known = |held: &&Held| thread.messages().any(|known| known.id == held.id);
    let on_the_way = thread.by_desk.iter().filter(|held| !is_known(held));
    entries.extend(on_the_way.map(|held| message(thread, held, fin, false)));
    entries
}

/// HTML that is clean is shown as HTML, and everything else as text.
fn message(thread: &Thread, held: &Held, fin: &str, is_seen: bool) -> Value {
    let who = match held.author.as_str() {
        author if author == thread.user.id => "user",
        author if author == fin => "fin",
        _ => "agent",
    };
    let html = verify(&held.body).then_some(held.body.as_str());
    json!({
        "id": held.id,
        "who": who,
        "name": held.author_name,
        "html": html,
        "text": if html.is_some() { String::new() } else { MessageBody::sanitize(&held.body).to_text() },
        "note": held.is_private,
        "seen": is_seen,
        "arrived": held.id.is_some(),
        "at": held.created_at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::request::Person;

    fn held(id: &str, author: &str, body: &str) -> Held {
        let message = json!({"id": id, "author": {"id": author, "name": author}, "body": body});
        Held::read(&message, false)
    }

    fn thread() -> Thread {
        let user =
            Person { id: "u".into(), name: "U".into(), email: "u@example.com".into(), user_type: "end_user" };
        Thread::new("c".into(), user)
    }

    #[test]
    fn what_is_not_clean_is_shown_as_text() {
        let body = "<p onclick=\"evil()\">Hello<script>evil()</script></p>";
        let shown = message(&thread(), &held("1", "x", body), "fin", true);
        assert_eq!((&shown["html"], &shown["text"]), (&Value::Null, &json!("Hello")));
        let shown = message(&thread(), &held("1", "x", "<p>Hello</p>"), "fin", true);
        assert_eq!(shown["html"], "<p>Hello</p>");
    }

    #[test]
    fn lines_stand_where_things_happened() {
        let mut thread = thread();
        thread.listed.push(held("1", "u", "<p>1</p>"));
        thread.mark("Fin handed over");
        thread.listed.push(held("2", "u", "<p>2</p>"));
        thread.by_desk.push(held("3", "sarah", "<p>3</p>"));
        let shown = entries(&thread, "fin");
        let short: Vec<String> =
            shown.iter().map(|entry| format!("{}{}", entry["id"], entry["mark"])).collect();
        assert_eq!(short, ["\"1\"null", "null\"Fin handed over\"", "\"2\"null", "\"3\"null"]);
        assert_eq!((&shown[2]["seen"], &shown[3]["seen"]), (&json!(true), &json!(false)));
    }
}
