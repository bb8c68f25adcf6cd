//! A plain post, the change that comes most often: a message and its event, as they are stored.

use deskport_domain::{AuthorId, Message, MessageBody, Origin, Timestamp, Visibility};
use deskport_ports::{ChangeSet, Consequences};

use super::{
    event::{event_key, origin_name},
    json,
    key::{Key, author_key},
};

/// A message that is to be posted, and all that is stored of it but its place.
#[derive(Debug)]
pub(crate) struct PostRow {
    pub(crate) conversation_id: Vec<u8>,
    pub(crate) id: Vec<u8>,
    pub(crate) author: Vec<u8>,
    pub(crate) is_private: bool,
    pub(crate) created_at: i64,
    pub(crate) attachments: Option<String>,
    pub(crate) event_id: Vec<u8>,
    pub(crate) at: i64,
    pub(crate) origin: &'static str,
    pub(crate) kind: &'static str,
    /// Whether Fin must be told.
    pub(crate) is_told: bool,
    change: (u128, Origin, Timestamp),
    message: Message,
}

impl PostRow {
    /// The post that a change is, if it is nothing but a post.
    pub(crate) fn plain(changes: ChangeSet) -> Result<Self, Box<ChangeSet>> {
        let ChangeSet { id, origin, at, agent: None, user: None, conversation: None, message: Some(message) } =
            changes
        else {
            return Err(Box::new(changes));
        };
        Ok(Self {
            conversation_id: message.conversation.key(),
            id: message.id.key(),
            author: author_key(&message.author),
            is_private: message.visibility == Visibility::Private,
            created_at: message.created_at.as_millis(),
            attachments: json::attachments_to_json(message.content.attachments()),
            event_id: event_key(id, 0),
            at: at.as_millis(),
            origin: origin_name(origin),
            kind: Consequences::kind_of(&message).name(),
            is_told: Consequences::is_told(origin, &message),
            change: (id, origin, at),
            message,
        })
    }

    pub(crate) fn body(&self) -> Option<&str> {
        self.message.content.body().map(MessageBody::as_html)
    }

    /// The key of the author, if that is an end user.
    pub(crate) fn user_id(&self) -> Option<&[u8]> {
        matches!(self.message.author, AuthorId::EndUser(_)).then(|| &self.author[1..])
    }

    /// The key of the author, if that is an agent.
    pub(crate) fn agent_id(&self) -> Option<&[u8]> {
        matches!(self.message.author, AuthorId::Agent(_)).then(|| &self.author[1..])
    }

    pub(crate) fn message(&self) -> &Message {
        &self.message
    }

    pub(crate) fn into_message(self) -> Message {
        self.message
    }

    /// The change that this was.
    pub(crate) fn into_changes(self) -> ChangeSet {
        let (id, origin, at) = self.change;
        ChangeSet::new(id, origin, at).with_message(self.message)
    }
}

#[cfg(test)]
mod tests {
    use deskport_domain::Event;
    use deskport_ports::{Committed, Effect, Stored};
    use deskport_testkit::build::{a_change, a_change_by_fin, a_message, a_user, moment};

    use super::*;
    use crate::row::event::NewEventRow;

    /// The event that follows from a change by the rule for all changes.
    fn event_of(changes: &ChangeSet) -> (Event, bool) {
        let message = changes.message.clone().unwrap();
        let author = deskport_domain::Author::EndUser(a_user().build());
        let value = deskport_domain::AuthoredMessage { message, author };
        let committed =
            Committed { message: Some(Stored { value, effect: Effect::Created }), ..Committed::default() };
        let mut follow = Consequences::of(changes.id, changes.origin, changes.at, &committed);
        (follow.events.remove(0), follow.tell_of.is_some())
    }

    #[test]
    fn a_plain_post_is_stored_as_any_other_change_would_be() {
        let messages = [a_message().build(), a_message().by_agent().build(), a_message().private().build()];
        for message in messages {
            for changes in [a_change(moment(1)), a_change_by_fin(moment(2))] {
                let changes = changes.with_message(message.clone());
                let (event, is_told) = event_of(&changes);
                let event = NewEventRow::from(&event);
                let row = PostRow::plain(changes.clone()).unwrap();
                assert_eq!(row.event_id, event.id);
                assert_eq!((row.at, row.origin, row.kind), (event.at, event.origin, event.kind));
                assert_eq!(Some(&row.conversation_id), event.conversation_id.as_ref());
                assert_eq!(Some(&row.id), event.message_id.as_ref());
                assert_eq!(row.user_id(), event.user_id.as_deref());
                assert_eq!(row.agent_id(), event.agent_id.as_deref());
                assert_eq!(row.is_told, is_told);
                assert_eq!(row.into_changes(), changes);
            }
        }
    }
}
