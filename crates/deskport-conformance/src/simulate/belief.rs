//! What Fin believes about a conversation: what it sent, and what it was shown.

use serde_json::Value;

use crate::client::answer::{id_of, text_of};
use crate::client::request::Person;

/// The line that stands where Fin gave the conversation away.
pub(crate) const HANDED_OVER: &str = "Fin handed over to a person";

/// A message, as far as Fin knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// The helpdesk's id; none while no answer has told it.
    pub(crate) id: Option<String>,
    pub(crate) author: String,
    pub(crate) author_name: String,
    pub(crate) body: String,
    pub(crate) is_private: bool,
    pub(crate) created_at: String,
    /// Whether Fin sent it, for itself or for the end user.
    pub(crate) is_own: bool,
}

impl Held {
    /// A message as an answer shows it.
    pub(crate) fn read(message: &Value, is_own: bool) -> Self {
        let author = &message["author"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Self {
            id: id_of(message),
            author: id_of(author).or_else(|| text_of(author)).unwrap_or_default(),
            author_name: text(&author["name"]),
            body: text(&message["body"]),
            is_private: message["visibility"] == "private",
            created_at: text(&message["created_at"]),
            is_own,
        }
    }

    /// Whether the same person wrote the same.
    pub(crate) fn is_copy_of(&self, other: &Self) -> bool {
        self.author == other.author && self.body == other.body
    }
}

/// What Fin knows of the conversation itself, as far as answers said it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Facts {
    pub(crate) status: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) assignee: Option<String>,
    pub(crate) tags: Vec<String>,
}

impl Facts {
    /// Reads a conversation; `None` if the answer does not hold one.
    pub(crate) fn read(conversation: &Value) -> Option<Self> {
        let status = conversation.get("status")?.as_str()?.to_owned();
        let assignee = id_of(&conversation["assignee"]).or_else(|| text_of(&conversation["assignee"]));
        let tags = conversation["tags"].as_array().into_iter().flatten().filter_map(text_of);
        Some(Self {
            status: Some(status),
            title: text_of(&conversation["title"]),
            assignee: assignee.or_else(|| text_of(&conversation["assignee_id"])),
            tags: tags.collect(),
        })
    }
}

/// One conversation, as Fin sees it.
#[derive(Debug, Clone)]
pub(crate) struct Thread {
    pub(crate) id: String,
    pub(crate) user: Person,
    pub(crate) facts: Option<Facts>,
    /// What lists showed, in the order in which they did.
    pub(crate) listed: Vec<Held>,
    /// What Fin sent and no list has shown yet.
    pub(crate) pushed: Vec<Held>,
    /// The last message of the last list: what Fin sends as `after_id`.
    pub(crate) seen: Option<String>,
    /// What people of the helpdesk wrote, as the helpdesk answered them.
    pub(crate) by_desk: Vec<Held>,
    /// What Fin set, and the answer did not show.
    pub(crate) refused: Vec<String>,
    /// Lines between the messages: after how many, and what happened there.
    pub(crate) marks: Vec<(usize, String)>,
}

impl Thread {
    pub(crate) fn new(id: String, user: Person) -> Self {
        Self {
            id,
            user,
            facts: None,
            listed: Vec::new(),
            pushed: Vec::new(),
            seen: None,
            by_desk: Vec::new(),
            refused: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// Every message that Fin knows, in the order in which it believes them to be.
    pub(crate) fn messages(&self) -> impl Iterator<Item = &Held> {
        self.listed.iter().chain(&self.pushed)
    }

    /// Takes over what a list shows; known messages are ignored.
    pub(crate) fn take(&mut self, list: &[Value]) {
        for message in list {
            let held = Held::read(message, false);
            if held.id.is_none() || self.listed.iter().any(|known| known.id == held.id) {
                continue;
            }
            let own = self.pushed.iter().position(|own| match own.id {
                Some(_) => own.id == held.id,
                // Its answers were lost, each of them: the list tells that it arrived.
                None => own.is_copy_of(&held),
            });
            match own {
                Some(place) => {
                    let own = self.pushed.remove(place);
                    // What was answered at first is what the list must still show.
                    let body = if own.id.is_some() { own.body } else { held.body };
                    self.listed.push(Held { body, is_own: true, ..held });
                }
                None => self.listed.push(held),
            }
        }
        if let Some(last) = list.last().and_then(id_of) {
            self.seen = Some(last);
        }
    }

    /// Whether Fin gave the conversation to a person once.
    pub(crate) fn was_handed_over(&self) -> bool {
        self.marks.iter().any(|(_, mark)| mark == HANDED_OVER)
    }

    /// Takes over what an answer says about the conversation.
    pub(crate) fn learn(&mut self, conversation: &Value) {
        if let Some(facts) = Facts::read(conversation) {
            self.facts = Some(facts);
        }
    }

    /// Takes over the answer to an update, which must show what was set.
    pub(crate) fn learn_update(&mut self, set: &Value, conversation: &Value) {
        self.learn(conversation);
        let Some(facts) = &self.facts else { return };
        let wanted = |name: &str, shown: Option<&String>| {
            let set = set.get(name)?;
            (text_of(set).as_ref() != shown)
                .then(|| format!("Fin set `{name}` to {set}, and the answer shows {shown:?}"))
        };
        let refused = [
            wanted("status", facts.status.as_ref()),
            wanted("title", facts.title.as_ref()),
            wanted("assignee_id", facts.assignee.as_ref()),
        ];
        self.refused.extend(refused.into_iter().flatten());
    }

    pub(crate) fn mark(&mut self, what: impl Into<String>) {
        let after = self.messages().count();
        self.marks.push((after, what.into()));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn thread() -> Thread {
        let user =
            Person { id: "u".into(), name: "U".into(), email: "u@example.com".into(), user_type: "end_user" };
        Thread::new("c".into(), user)
    }

    fn message(id: &str) -> Value {
        json!({"id": id, "author": {"id": "u"}, "body": format!("<p>{id}</p>"), "visibility": "public"})
    }

    fn ids(thread: &Thread) -> Vec<&str> {
        thread.messages().filter_map(|held| held.id.as_deref()).collect()
    }

    #[test]
    fn a_message_that_is_known_is_taken_once() {
        let mut thread = thread();
        thread.take(&[message("1"), message("2")]);
        thread.take(&[message("2"), message("3")]);
        assert_eq!(ids(&thread), ["1", "2", "3"]);
        assert_eq!(thread.seen.as_deref(), Some("3"));
    }

    #[test]
    fn what_fin_sent_takes_its_place_in_the_list() {
        let mut thread = thread();
        thread.pushed.push(Held::read(&message("2"), true));
        thread.take(&[message("1"), message("2")]);
        assert_eq!(ids(&thread), ["1", "2"]);
        assert!(thread.pushed.is_empty() && thread.listed[1].is_own);
    }

    #[test]
    fn a_list_settles_what_no_answer_did() {
        let mut thread = thread();
        thread.pushed.push(Held { id: None, ..Held::read(&message("1"), true) });
        thread.take(&[message("1")]);
        assert_eq!(ids(&thread), ["1"]);
        assert!(thread.listed[0].is_own);
    }

    #[test]
    fn an_empty_list_keeps_the_place() {
        let mut thread = thread();
        thread.take(&[message("1")]);
        thread.take(&[]);
        assert_eq!(thread.seen.as_deref(), Some("1"));
    }
}
