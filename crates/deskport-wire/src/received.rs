//! Answers as a caller receives them: for simulators, checkers, and the OpenAPI description.
//!
//! Variant R's bodies are bare, variant P's come in an [`Envelope`] or, after a create, as [`Created`].
//!
//! ```
//! use deskport_domain::{EndUser, Timestamp, UserId};
//! use deskport_wire::{Variant, received, to_json};
//!
//! let user = EndUser::unknown(UserId::parse("user_123")?, Timestamp::EPOCH);
//! let json = to_json(&Variant::P.answer(&user));
//! let received: received::Envelope<received::EndUser> = serde_json::from_slice(&json)?;
//! assert_eq!(received.data.id, "user_123");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use serde::{Deserialize, Serialize};

use crate::{Attributes, Problem};

mod p;
mod r;

pub use p::{AgentP, AuthorP, ConversationP, CreatedConversationP, MessageP};
pub use r::{AgentR, AuthorR, ConversationR, CreatedConversationR, MessageR};

/// The only word for an end user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EndUserType {
    /// `end_user`
    #[default]
    EndUser,
}

/// The only word for an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AgentType {
    /// `agent`
    #[default]
    Agent,
}

/// An end user.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EndUser {
    /// The helpdesk's id.
    #[cfg_attr(feature = "openapi", schema(example = "user_123456"))]
    pub id: String,
    /// Always `end_user`.
    pub user_type: EndUserType,
    /// The name, where it is known.
    #[cfg_attr(feature = "openapi", schema(example = "Jane Doe"))]
    pub name: Option<String>,
    /// The e-mail address, where it is known.
    #[cfg_attr(feature = "openapi", schema(format = Email, example = "jane.doe@example.com"))]
    pub email: Option<String>,
    /// The address of a picture.
    #[cfg_attr(
        feature = "openapi",
        schema(format = "uri", example = "https://example.com/avatars/jane.jpg")
    )]
    pub photo_url: Option<String>,
    /// What else is known of the person.
    pub attributes: Option<Attributes>,
}

/// Variant P's answer to a load, an update or a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Envelope<T> {
    /// What was asked for.
    pub data: T,
    /// Always null; a failure is answered as a problem.
    pub error: Option<Problem>,
}

/// Variant P's answer to a create: the object's own members, and the object in an envelope.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Created<T> {
    /// The object's own members.
    #[serde(flatten)]
    pub object: T,
    /// The same object.
    pub data: T,
    /// Always null; a failure is answered as a problem.
    pub error: Option<Problem>,
}
