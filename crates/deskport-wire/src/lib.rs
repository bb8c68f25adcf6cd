//! The JSON of the Fin Custom Helpdesk API, both published variants, to and from domain values.
//!
//! Requests are read tolerantly: [`parse()`] turns bytes into one struct per action, which takes the
//! members of both variants, and its `into_domain` turns that into one of the domain's commands or
//! tells all wrong fields. Answers are written exactly: a [`Variant`] writes domain values straight
//! into a buffer. No HTTP, no clock, no store.
//!
//! ```
//! use deskport_domain::{Author, AuthoredMessage, EndUser, Message, MessageId, Timestamp, UserId};
//! use deskport_wire::{CreateMessage, Limits, Variant, parse, to_json};
//!
//! let json = br#"{"conversation_id": "conv_456", "object_id": "123456",
//!                 "author": {"id": "user_123456", "user_type": "end_user"},
//!                 "attachments": [{"url": "https://example.com/files/pricing-guide.pdf"}]}"#;
//! let command = parse::<CreateMessage>(json)?.into_domain(Limits::default())?;
//!
//! // What a helpdesk does with it is its own affair. Then it answers:
//! let author = EndUser::unknown(UserId::parse("user_123456")?, Timestamp::EPOCH);
//! let message = Message {
//!     id: MessageId::parse("msg_001")?,
//!     conversation: command.conversation,
//!     author: command.author,
//!     content: command.content,
//!     visibility: command.visibility,
//!     created_at: command.created_at.unwrap_or(Timestamp::EPOCH),
//! };
//! let answer = AuthoredMessage { message, author: Author::EndUser(author) };
//! let json = to_json(&Variant::R.created(&answer));
//! assert!(json.starts_with(br#"{"id":"msg_001","conversation_id":"conv_456","message_type":"comment""#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod attributes;
mod check;
mod conversation;
pub mod field;
mod invalid;
mod limits;
mod message;
mod parse;
pub mod problem;
pub mod received;
mod timestamp;
mod user;
pub mod webhook;
mod words;

pub use answer::{
    Answer, AuthorJson, Authored, Created, CreatedConversation, Json, MessageList, Object, Variant, to_json,
};
pub use attributes::{Attributes, AttributesRef};
pub use conversation::{CreateConversation, GetConversation, InitialMessage, UpdateConversation};
pub use invalid::{FieldError, Invalid};
pub use limits::Limits;
pub use message::{Attachment, AuthorBasic, CreateMessage, GetMessages};
pub use parse::{ParseError, parse, parse_or_default};
pub use problem::Problem;
pub use timestamp::{TimestampText, parse as parse_timestamp};
pub use user::{CreateUser, GetUser, UpdateUser, UserBasic};
pub use webhook::{DeskEvent, DeskEventData, FinNotification};
pub use words::{MessageType, Status, Visibility};

/// The examples of the guide for embedders are tests.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/EMBEDDING.md")]
struct Embedding;
