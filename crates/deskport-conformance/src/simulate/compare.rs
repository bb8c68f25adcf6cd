//! What Fin believes, compared with what the server holds.

use std::collections::BTreeSet;
use std::fmt;

use deskport_domain::MessageBody;
use serde_json::Value;

use super::belief::{Facts, Held, Thread};

/// How Fin and the server can be out of step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// Fin knows a message that the server no longer lists.
    Lost,
    /// A message is there more than once.
    Doubled,
    /// The server has a message that Fin never saw.
    Unseen,
    /// The messages stand in another order.
    Reordered,
    /// A message reads differently.
    Altered,
    /// Status, title, assignee or tags differ.
    Outdated,
    /// The server could not be asked.
    Unknown,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The conversation's id.
    pub conversation: String,
    /// Of which kind.
    pub flaw: Flaw,
    /// In words.
    pub what: String,
}

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// How many conversations were compared.
    pub conversations: usize,
    /// How many messages Fin knows in them.
    pub messages: usize,
    /// Where they differ.
    pub differences: Vec<Difference>,
}

impl Comparison {
    /// Whether Fin and the server are in step.
    pub fn is_in_step(&self) -> bool {
        self.differences.is_empty()
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { conversations, messages, differences } = self;
        let about = format!("{} in {}", count(*messages, "message"), count(*conversations, "conversation"));
        if differences.is_empty() {
            return write!(f, "In step: {about}, each once and in order");
        }
        write!(f, "Out of step: {} in {about}", count(differences.len(), "difference"))?;
        differences.iter().try_for_each(|difference| write!(f, "\n  {difference}"))
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.conversation, self.what)
    }
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Compares one conversation with the whole list of its messages, and with the conversation as it is stored.
pub(super) fn thread(thread: &Thread, list: &[Value], stored: &Value) -> Vec<Difference> {
    let server: Vec<Held> = list.iter().map(|message| Held::read(message, false)).collect();
    let mut found = Found { conversation: &thread.id, differences: Vec::new() };
    doubled(thread, &server, &mut found);
    lost(thread, &server, &mut found);
    unseen(thread, &server, &mut found);
    reordered(thread, &server, &mut found);
    altered(thread, &server, &mut found);
    for refused in &thread.refused {
        found.add(Flaw::Outdated, refused.clone());
    }
    if let (Some(believed), Some(stored)) = (&thread.facts, Facts::read(stored)) {
        outdated(believed, &stored, &mut found);
    }
    found.differences
}

struct Found<'t> {
    conversation: &'t str,
    differences: Vec<Difference>,
}

impl Found<'_> {
    fn add(&mut self, flaw: Flaw, what: String) {
        self.differences.push(Difference { conversation: self.conversation.to_owned(), flaw, what });
    }
}

fn doubled(thread: &Thread, server: &[Held], found: &mut Found<'_>) {
    let mut ids = BTreeSet::new();
    for held in server {
        if !ids.insert(&held.id) {
            found.add(Flaw::Doubled, format!("the server lists {} twice", shown(held)));
        } else if let Some(own) = is_copy(thread, held) {
            let own = own.id.as_deref().unwrap_or("?");
            found.add(
                Flaw::Doubled,
                format!("the server has {} beside {own}, which Fin sent once", shown(held)),
            );
        }
    }
}

/// The message of Fin's side of which this is a second copy. Fin knows the id of each that it sent.
fn is_copy<'t>(thread: &'t Thread, held: &Held) -> Option<&'t Held> {
    let is_own = |known: &&Held| known.is_own && known.id.is_some();
    if thread.messages().filter(is_own).any(|own| own.id == held.id) || is_of_desk(thread, held) {
        return None;
    }
    thread.messages().filter(is_own).find(|own| own.is_copy_of(held))
}

fn is_of_desk(thread: &Thread, held: &Held) -> bool {
    thread.by_desk.iter().any(|by_desk| by_desk.id == held.id)
}

fn lost(thread: &Thread, server: &[Held], found: &mut Found<'_>) {
    let has = |id: &str| server.iter().any(|held| held.id.as_deref() == Some(id));
    let mut known = BTreeSet::new();
    for held in thread.messages() {
        let Some(id) = &held.id else { continue };
        known.insert(id);
        if !has(id) {
            found.add(Flaw::Lost, format!("Fin knows {}, and the server does not list it", shown(held)));
        }
    }
    for id in
        thread.by_desk.iter().filter_map(|held| held.id.as_ref()).filter(|id| !known.contains(id) && !has(id))
    {
        found.add(Flaw::Lost, format!("the helpdesk took an agent's message as {id}, and does not list it"));
    }
}

/// Nobody needs to tell Fin of a private message; but when Fin has read on, it must have seen it.
fn unseen(thread: &Thread, server: &[Held], found: &mut Found<'_>) {
    let is_listed = |held: &Held| thread.listed.iter().any(|known| known.id == held.id);
    // What was sent and never answered may have arrived.
    let is_own = |held: &Held| thread.pushed.iter().any(|own| own.id.is_none() && own.is_copy_of(held));
    let is_known = |held: &Held| thread.messages().any(|known| known.id == held.id) || is_own(held);
    for (place, held) in server.iter().enumerate() {
        let was_passed = server[place..].iter().any(is_listed);
        if is_known(held) || is_copy(thread, held).is_some() || (held.is_private && !was_passed) {
            continue;
        }
        found.add(Flaw::Unseen, format!("the server has {}, which Fin was never shown", shown(held)));
    }
}

/// What no list has shown yet has no place between what lists have shown.
fn reordered(thread: &Thread, server: &[Held], found: &mut Found<'_>) {
    in_order(&thread.listed, server, found);
    in_order(&thread.pushed, server, found);
}

fn in_order(known: &[Held], server: &[Held], found: &mut Found<'_>) {
    let place = |held: &Held| server.iter().position(|other| other.id == held.id);
    let places: Vec<(usize, &Held)> = known.iter().filter_map(|held| Some((place(held)?, held))).collect();
    let descent = places.windows(2).find(|pair| pair[0].0 > pair[1].0);
    if let Some([(_, first), (_, second)]) = descent {
        let (first, second) = (shown(first), shown(second));
        found.add(Flaw::Reordered, format!("Fin saw {first} before {second}, and the server lists it after"));
    }
}

fn altered(thread: &Thread, server: &[Held], found: &mut Found<'_>) {
    for known in thread.messages() {
        let Some(held) = server.iter().find(|held| held.id == known.id) else { continue };
        let (is, was) = if held.body != known.body {
            (format!("{:?}", held.body), format!("{:?}", known.body))
        } else if held.author != known.author {
            (format!("by {}", held.author), format!("by {}", known.author))
        } else if held.is_private != known.is_private {
            (visibility(held).to_owned(), visibility(known).to_owned())
        } else {
            continue;
        };
        found.add(Flaw::Altered, format!("{} is now {is}; for Fin it is {was}", shown(known)));
    }
}

fn visibility(held: &Held) -> &'static str {
    if held.is_private { "private" } else { "public" }
}

fn outdated(believed: &Facts, stored: &Facts, found: &mut Found<'_>) {
    let mut differ = |what: &str, is: &dyn fmt::Debug, was: &dyn fmt::Debug| {
        found.add(Flaw::Outdated, format!("the {what} is {is:?}; for Fin it is {was:?}"));
    };
    if believed.status != stored.status {
        differ("status", &text(stored.status.as_ref()), &text(believed.status.as_ref()));
    }
    if believed.title != stored.title {
        differ("title", &text(stored.title.as_ref()), &text(believed.title.as_ref()));
    }
    if believed.assignee != stored.assignee {
        differ("assignee", &text(stored.assignee.as_ref()), &text(believed.assignee.as_ref()));
    }
    if believed.tags != stored.tags {
        differ("list of tags", &stored.tags, &believed.tags);
    }
}

fn text(value: Option<&String>) -> &str {
    value.map_or("none", String::as_str)
}

/// A message in a few words.
fn shown(held: &Held) -> String {
    let words = MessageBody::sanitize(&held.body).preview(40);
    format!("{} (\u{201c}{words}\u{201d})", held.id.as_deref().unwrap_or("a message"))
}
