//! Events: facts worth telling to the desk, told by kind and ids, never by content.

use std::fmt;

use crate::{AgentId, ConversationId, MessageId, Timestamp, UserId};

/// Who made a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Fin, through its own face.
    Fin,
    /// The helpdesk's people, or its own systems.
    Desk,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// A name for this event that is never used again.
    pub id: EventId,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub origin: Origin,
    /// What happened.
    pub kind: EventKind,
    /// To which conversation, if to one.
    pub conversation: Option<ConversationId>,
    /// With which message, if with one.
    pub message: Option<MessageId>,
    /// To which end user; of a message, its author; of a conversation, its end user.
    pub user: Option<UserId>,
    /// To which agent; of a message, its author; of a conversation, its assignee.
    pub agent: Option<AgentId>,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// An agent is new.
    AgentCreated,
    /// An agent has changed, or was disabled.
    AgentUpdated,
    /// An end user is new.
    UserCreated,
    /// What is known of an end user has changed.
    UserUpdated,
    /// An end user and everything that belongs to the person was removed.
    UserDeleted,
    /// A conversation has begun.
    ConversationCreated,
    /// A conversation has changed.
    ConversationUpdated,
    /// Nobody looks after a conversation any more: a person must take over.
    ConversationHandedOver,
    /// Somebody wrote a message that everybody in the conversation may see.
    MessageCreated,
    /// Somebody wrote a note for agents.
    NoteCreated,
}

impl EventKind {
    /// Every kind, in the order in which the events of one change are told.
    pub const ALL: [Self; 10] = [
        Self::AgentCreated,
        Self::AgentUpdated,
        Self::UserCreated,
        Self::UserUpdated,
        Self::UserDeleted,
        Self::ConversationCreated,
        Self::ConversationUpdated,
        Self::ConversationHandedOver,
        Self::MessageCreated,
        Self::NoteCreated,
    ];

    /// The name by which the desk knows this kind, such as `message.created`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AgentCreated => "agent.created",
            Self::AgentUpdated => "agent.updated",
            Self::UserCreated => "user.created",
            Self::UserUpdated => "user.updated",
            Self::UserDeleted => "user.deleted",
            Self::ConversationCreated => "conversation.created",
            Self::ConversationUpdated => "conversation.updated",
            Self::ConversationHandedOver => "conversation.handed_over",
            Self::MessageCreated => "message.created",
            Self::NoteCreated => "note.created",
        }
    }

    /// The kind of this name.
    ///
    /// ```
    /// use deskport_domain::EventKind;
    /// assert_eq!(EventKind::parse("message.created"), Some(EventKind::MessageCreated));
    /// ```
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A name for an event: `evt_`, the 128 bits of its change, and its place among that change's events.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(Box<str>);

const DIGITS: &[u8; 16] = b"0123456789abcdef";

impl EventId {
    /// The name of a change's event number `index`.
    ///
    /// ```
    /// use deskport_domain::EventId;
    /// assert_eq!(EventId::of(0xab, 1).as_str(), "evt_000000000000000000000000000000ab_1");
    /// ```
    pub fn of(change: u128, index: u8) -> Self {
        let mut name = String::with_capacity("evt_".len() + 32 + "_255".len());
        name.push_str("evt_");
        // One for each event: formatting 128 bits as a number would take ten times as long.
        for byte in change.to_be_bytes() {
            name.extend([byte >> 4, byte & 15].map(|digit| char::from(DIGITS[usize::from(digit)])));
        }
        name.push('_');
        name.push_str(&index.to_string());
        Self(name.into())
    }

    /// Takes a name back from a store.
    pub fn stored(name: String) -> Self {
        Self(name.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
