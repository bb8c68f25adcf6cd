//! What the application reads.
//!
//! Each read sees everything that was committed before it began.

mod agent;
mod conversation;
mod inbox;
mod message;
mod user;

pub use agent::AgentRepository;
pub use conversation::ConversationRepository;
pub use inbox::{
    Assignment, ConversationCursor, ConversationQuery, EarlierMessages, Inbox, SearchQuery, UserQuery,
};
pub use message::{
    MessagePage, MessageQuery, MessageRepository, Notes, Position, SequencedMessage, ThreadVersion,
};
pub use user::UserRepository;

use crate::{ClientRepository, Eraser, EventLog, Maintenance, Outbox, TokenRepository, UnitOfWork};

/// One storage adapter: all that this crate asks of a store, in one object.
///
/// Implement the parts; this follows by itself. `Arc<dyn Store>` turns into the `Arc` of any part.
pub trait Store:
    UserRepository
    + AgentRepository
    + ConversationRepository
    + MessageRepository
    + Inbox
    + UnitOfWork
    + EventLog
    + Outbox
    + Eraser
    + TokenRepository
    + ClientRepository
    + Maintenance
{
}

impl<T> Store for T where
    T: UserRepository
        + AgentRepository
        + ConversationRepository
        + MessageRepository
        + Inbox
        + UnitOfWork
        + EventLog
        + Outbox
        + Eraser
        + TokenRepository
        + ClientRepository
        + Maintenance
{
}
