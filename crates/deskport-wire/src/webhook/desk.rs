//! What the desk is told: events, alike in the event stream and in webhooks to the desk.

use deskport_domain as domain;
use serde::{Deserialize, Serialize};

use crate::TimestampText;

/// One thing that happened, told by ids and never by content.
///
/// ```
/// use deskport_domain::{Event, EventId, EventKind, Origin, Timestamp};
/// use deskport_wire::{to_json, webhook::DeskEvent};
///
/// let event = Event {
///     id: EventId::of(0xab, 0),
///     at: Timestamp::EPOCH,
///     origin: Origin::Fin,
///     kind: EventKind::ConversationHandedOver,
///     conversation: None,
///     message: None,
///     user: None,
///     agent: None,
/// };
/// let json = to_json(&DeskEvent::new(&event, Some(7)));
/// let read: DeskEvent = serde_json::from_slice(&json)?;
/// assert_eq!(read.kind, "conversation.handed_over");
/// assert_eq!(read.data.position, Some(7));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(description = "One thing that happened, told by ids and never by content.")
)]
pub struct DeskEvent {
    /// What happened, such as `message.created`. New kinds may be added.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "openapi", schema(example = "message.created"))]
    pub kind: String,
    /// When it happened.
    #[cfg_attr(feature = "openapi", schema(format = DateTime, example = "2025-10-27T14:35:00.000Z"))]
    pub timestamp: String,
    /// Who did it, and to what.
    pub data: DeskEventData,
}

/// Who did it, and to what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskEventData {
    /// The event's id. Whoever has seen it before has seen the event before.
    #[cfg_attr(feature = "openapi", schema(example = "evt_0199f1d2c3b4758697a8b9cadbecfd0e_0"))]
    pub id: String,
    /// The event's place in the log; later events have greater ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = 4711))]
    pub position: Option<u64>,
    /// Who did it.
    pub origin: Origin,
    /// To which conversation, if to one.
    #[cfg_attr(feature = "openapi", schema(example = "conv_456"))]
    pub conversation_id: Option<String>,
    /// With which message, if with one.
    #[cfg_attr(feature = "openapi", schema(example = "msg_001"))]
    pub message_id: Option<String>,
    /// To which end user; of a message, its author; of a conversation, its end user.
    #[cfg_attr(feature = "openapi", schema(example = "user_123"))]
    pub user_id: Option<String>,
    /// To which agent; of a message, its author; of a conversation, its assignee.
    #[cfg_attr(feature = "openapi", schema(example = "agent_001"))]
    pub agent_id: Option<String>,
}

/// Who made a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Origin {
    /// Fin, through its own face.
    Fin,
    /// The helpdesk's people, or its own systems.
    Desk,
}

impl DeskEvent {
    /// Tells of `event`, which is at this place in the log.
    pub fn new(event: &domain::Event, position: Option<u64>) -> Self {
        Self {
            kind: event.kind.name().to_owned(),
            timestamp: TimestampText::from(event.at).as_str().to_owned(),
            data: DeskEventData {
                id: event.id.as_str().to_owned(),
                position,
                origin: event.origin.into(),
                conversation_id: event.conversation.as_ref().map(|id| id.as_str().to_owned()),
                message_id: event.message.as_ref().map(|id| id.as_str().to_owned()),
                user_id: event.user.as_ref().map(|id| id.as_str().to_owned()),
                agent_id: event.agent.as_ref().map(|id| id.as_str().to_owned()),
            },
        }
    }
}

impl From<domain::Origin> for Origin {
    fn from(origin: domain::Origin) -> Self {
        match origin {
            domain::Origin::Fin => Self::Fin,
            domain::Origin::Desk => Self::Desk,
        }
    }
}
