//! The JSON of the Fin Custom Helpdesk API, both published variants, to and from domain values.

mod answer;
mod attributes;
mod check;
mod conversation;
mod field;
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

pub use answer::{Answer, Created, CreatedConversation, Json, MessageList, Object, Variant, to_json};
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
