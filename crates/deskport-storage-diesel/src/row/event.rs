//! Rows of `events`.

use deskport_domain::{AgentId, ConversationId, Event, EventId, EventKind, MessageId, Origin, UserId};
use deskport_ports::{LoggedEvent, StoreError};
use diesel::prelude::{Insertable, Queryable, Selectable};

use super::{Impossible, count, key::Key, moment};
use crate::schema::events;

/// An event to store, without its place in the log.
#[derive(Debug, Insertable)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
pub(crate) struct NewEventRow {
    pub(crate) id: Vec<u8>,
    pub(crate) at: i64,
    pub(crate) origin: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) conversation_id: Option<Vec<u8>>,
    pub(crate) message_id: Option<Vec<u8>>,
    pub(crate) user_id: Option<Vec<u8>>,
    pub(crate) agent_id: Option<Vec<u8>>,
}

/// An event as it is stored.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = events)]
pub(crate) struct EventRow {
    position: i64,
    id: Vec<u8>,
    at: i64,
    origin: String,
    kind: String,
    conversation_id: Option<Vec<u8>>,
    message_id: Option<Vec<u8>>,
    user_id: Option<Vec<u8>>,
    agent_id: Option<Vec<u8>>,
}

impl From<&Event> for NewEventRow {
    fn from(event: &Event) -> Self {
        Self {
            id: id_key(&event.id),
            at: event.at.as_millis(),
            origin: origin_name(event.origin),
            kind: event.kind.name(),
            conversation_id: event.conversation.as_ref().map(Key::key),
            message_id: event.message.as_ref().map(Key::key),
            user_id: event.user.as_ref().map(Key::key),
            agent_id: event.agent.as_ref().map(Key::key),
        }
    }
}

impl TryFrom<EventRow> for LoggedEvent {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Self, StoreError> {
        let conversation = |key: Vec<u8>| ConversationId::from_key("events.conversation_id", &key);
        let message = |key: Vec<u8>| MessageId::from_key("events.message_id", &key);
        let user = |key: Vec<u8>| UserId::from_key("events.user_id", &key);
        let agent = |key: Vec<u8>| AgentId::from_key("events.agent_id", &key);
        let kind = EventKind::parse(&row.kind);
        let event = Event {
            id: id(&row.id)?,
            at: moment("events.at", row.at)?,
            origin: origin(&row.origin)?,
            kind: kind.ok_or_else(|| StoreError::corrupt("events.kind", Impossible))?,
            conversation: row.conversation_id.map(conversation).transpose()?,
            message: row.message_id.map(message).transpose()?,
            user: row.user_id.map(user).transpose()?,
            agent: row.agent_id.map(agent).transpose()?,
        };
        Ok(Self { position: count("events.position", row.position)?, event })
    }
}

const PACKED: usize = 17;

/// The key of a change's event number `index`: the 16 bytes of the change, and the number.
pub(crate) fn event_key(change: u128, index: u8) -> Vec<u8> {
    let mut key = Vec::with_capacity(PACKED);
    key.extend(change.to_be_bytes());
    key.push(index);
    key
}

/// The key of an event; or the name itself, if it is not made of a change and a number.
fn id_key(id: &EventId) -> Vec<u8> {
    let parts = id.as_str().strip_prefix("evt_").and_then(|rest| rest.split_once('_'));
    let numbers = parts.and_then(|(change, index)| {
        Some((u128::from_str_radix(change, 16).ok()?, index.parse::<u8>().ok()?))
    });
    match numbers {
        Some((change, index)) if EventId::of(change, index) == *id => event_key(change, index),
        _ => id.as_str().as_bytes().to_vec(),
    }
}

fn id(key: &[u8]) -> Result<EventId, StoreError> {
    let corrupt = |error| StoreError::corrupt("events.id", error);
    if let Some((change, &[index])) = key.split_first_chunk::<16>()
        && key.len() == PACKED
    {
        return Ok(EventId::of(u128::from_be_bytes(*change), index));
    }
    String::from_utf8(key.to_vec()).map(EventId::stored).map_err(corrupt)
}

pub(crate) fn origin_name(origin: Origin) -> &'static str {
    match origin {
        Origin::Fin => "fin",
        Origin::Desk => "desk",
    }
}

fn origin(name: &str) -> Result<Origin, StoreError> {
    [Origin::Fin, Origin::Desk]
        .into_iter()
        .find(|origin| origin_name(*origin) == name)
        .ok_or_else(|| StoreError::corrupt("events.origin", Impossible))
}
