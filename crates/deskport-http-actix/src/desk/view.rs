//! What the desk face answers: domain values as its JSON. These forms serve this face only.

mod agent;
mod conversation;
mod message;
mod user;

use deskport_wire::TimestampText;
use serde::Serialize;

pub(crate) use self::{
    agent::Agent,
    conversation::{Conversation, CreatedConversation},
    message::{ListedMessage, Message},
    user::{Receipt, User},
};

/// A part of a list.
#[derive(Serialize)]
pub(crate) struct Page<T> {
    /// The part.
    pub(crate) data: Vec<T>,
    /// Where the next part begins; null after the last one.
    pub(crate) next_cursor: Option<String>,
}

/// Whether Fin was told that somebody is typing.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = DeskTypingAnswer)]
pub(crate) struct Sent {
    /// False within three seconds of the last hint, for an agent without a name or an e-mail address,
    /// and where Fin is not notified or cannot be reached.
    pub(crate) sent: bool,
}

/// A moment that may not have come.
fn moment(at: Option<deskport_domain::Timestamp>) -> Option<TimestampText> {
    at.map(TimestampText::from)
}
