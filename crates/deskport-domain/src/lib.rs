//! What a helpdesk is: end users, agents, conversations, messages, and the HTML rules for bodies.
//!
//! Pure values and rules: no I/O, no async, no JSON, no clock and no randomness. Time and ids come
//! in as parameters, so every rule can be tested by calling it.
//!
//! ```
//! use deskport_domain::{ConversationId, MessageBody, MessageId};
//!
//! // What reaches a model or a browser is always clean.
//! let body = MessageBody::sanitize("<p onclick=steal()>Hello<script>alert(1)</script></p>");
//! assert_eq!(body.as_html(), "<p>Hello</p>");
//!
//! // A repeated create finds the object that it made before: its id follows from the caller's.
//! let conversation = ConversationId::derived("123456");
//! assert_eq!(
//!     MessageId::derived(&conversation, "987"),
//!     MessageId::derived(&conversation, "987"),
//! );
//! ```

mod agent;
mod attachment;
mod attributes;
mod author;
mod command;
mod conversation;
mod event;
pub mod html;
mod id;
mod message;
mod patch;
mod text;
mod timestamp;
mod user;

pub use agent::{Agent, AgentUpdate};
pub use attachment::{Attachment, AttachmentUrl, NotHttps};
pub use attributes::{Attributes, Number, Value};
pub use author::{Author, AuthorId};
pub use command::{
    ConversationUser, CreateConversation, CreateUser, FirstMessage, GivenUser, ListMessages, PostMessage,
    UpdateConversation, UpdateUser,
};
pub use conversation::{Conversation, ConversationDetails, ConversationUpdate, Status};
pub use event::{Event, EventId, EventKind, Origin};
pub use html::MessageBody;
pub use id::{AgentId, ConversationId, InvalidId, MessageId, UserId};
pub use message::{AuthoredMessage, Content, ContentError, MAX_ATTACHMENTS, Message, Visibility};
pub use patch::Patch;
pub use text::Text;
pub use timestamp::Timestamp;
pub use user::{EndUser, UserUpdate};
