//! What variant R answers, beyond what both variants share.

use serde::{Deserialize, Serialize};

use super::{AgentType, EndUser};
use crate::{Attachment, Attributes, MessageType, Status, Visibility};

/// An agent in variant R.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgentR {
    /// The helpdesk's id.
    #[cfg_attr(feature = "openapi", schema(example = "agent_123456"))]
    pub id: String,
    /// Always `agent`.
    pub user_type: AgentType,
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
    /// What end users see instead of the real name.
    #[cfg_attr(feature = "openapi", schema(example = "Support Jane"))]
    pub alias: Option<String>,
}

/// Who wrote a message; `user_type` tells which.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AuthorR {
    /// An end user.
    EndUser(EndUser),
    /// An agent.
    Agent(AgentR),
}

/// A conversation in variant R.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationR {
    /// The helpdesk's id.
    #[cfg_attr(feature = "openapi", schema(example = "conv_456"))]
    pub id: String,
    /// Where it stands.
    pub status: Status,
    /// Whose conversation it is.
    pub user: EndUser,
    /// What it is about.
    #[cfg_attr(feature = "openapi", schema(example = "Question about pricing plans"))]
    pub title: Option<String>,
    /// Labels.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(example = json!(["pricing", "sales"])))]
    pub tags: Vec<String>,
    /// What else is known of it.
    pub attributes: Option<Attributes>,
    /// Who looks after it; null when a person must take over.
    pub assignee: Option<AgentR>,
    /// When it began.
    #[cfg_attr(feature = "openapi", schema(format = DateTime, example = "2025-10-27T14:30:00.000Z"))]
    pub created_at: Option<String>,
    /// When it last changed.
    #[cfg_attr(feature = "openapi", schema(format = DateTime, example = "2025-10-27T15:45:00.000Z"))]
    pub updated_at: Option<String>,
}

/// A message in variant R.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageR {
    /// The helpdesk's id.
    #[cfg_attr(feature = "openapi", schema(example = "msg_001"))]
    pub id: String,
    /// The helpdesk's id of the conversation.
    #[cfg_attr(feature = "openapi", schema(example = "conv_456"))]
    pub conversation_id: String,
    /// Always `comment`.
    pub message_type: MessageType,
    /// HTML; empty for none.
    #[cfg_attr(feature = "openapi", schema(example = "<p>Thank you for reaching out!</p>"))]
    pub body: String,
    /// Who wrote it, in full.
    pub author: AuthorR,
    /// Who may see it.
    pub visibility: Visibility,
    /// When it was written.
    #[cfg_attr(feature = "openapi", schema(format = DateTime, example = "2025-10-27T14:35:00.000Z"))]
    pub created_at: String,
    /// Files that belong to it.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
}

/// A new conversation with its first message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreatedConversationR {
    /// The conversation.
    pub conversation: ConversationR,
    /// Its first message.
    pub message: MessageR,
}
