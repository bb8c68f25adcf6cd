//! Builders: values for tests, of which a test names only what it is about.
//!
//! ```
//! use deskport_testkit::build::{a_conversation, a_message, a_user};
//!
//! let jane = a_user().id("user_jane").name("Jane Doe").build();
//! let matter = a_conversation().of(&jane).build();
//! let note = a_message().within(&matter).by_agent().private().body("<p>A regular</p>").build();
//! assert_eq!(note.conversation, matter.id);
//! ```
//!
//! The defaults fit together: [`a_message()`] is written by [`a_user()`] in [`a_conversation()`],
//! which is that user's; [`a_token()`] is made by hand, and an agent is [`an_agent()`].
//!
//! # Panics
//! A builder panics when it gets what the domain refuses, such as an id with a space.

mod agent;
mod change;
mod conversation;
mod credential;
mod message;
mod user;

pub use agent::{AgentBuilder, an_agent};
pub use change::{a_change, a_change_by_fin, a_change_id};
pub use conversation::{ConversationBuilder, a_conversation};
pub use credential::{ClientBuilder, TokenBuilder, a_client, a_token};
pub use message::{MessageBuilder, a_message};
pub use user::{UserBuilder, a_user};

use deskport_domain::{AgentId, ConversationId, MessageId, Timestamp, UserId};

/// The moment `millis` after 2025-10-27T14:30:00Z, the present of all tests.
pub fn moment(millis: i64) -> Timestamp {
    Timestamp::from_millis(1_761_575_400_000).unwrap().plus_millis(millis)
}

/// A user's id, as written.
pub fn user_id(raw: &str) -> UserId {
    UserId::parse(raw).unwrap()
}

/// An agent's id, as written.
pub fn agent_id(raw: &str) -> AgentId {
    AgentId::parse(raw).unwrap()
}

/// A conversation's id, as written.
pub fn conversation_id(raw: &str) -> ConversationId {
    ConversationId::parse(raw).unwrap()
}

/// A message's id, as written.
pub fn message_id(raw: &str) -> MessageId {
    MessageId::parse(raw).unwrap()
}
