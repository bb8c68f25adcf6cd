//! What variant P answers, beyond what both variants share; inside its envelope.

use serde::{Deserialize, Serialize};

use super::{AgentType, EndUser};
use crate::{Attachment, Attributes, MessageType, Status, Visibility};

/// An agent in variant P.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgentP {
    /// The helpdesk's id.
    #[cfg_attr(feature = "openapi", schema(example = "agent_123456"))]
    pub id: String,
    /// Always `agent`.
    pub user_type: AgentType,
    /// The name; empty where it is unknown.
    #[cfg_attr(feature = "openapi", schema(example = "Jane Doe"))]
    pub name: String,
    /// The e-mail address; empty where it is unknown.
    #[cfg_attr(feature = "openapi", schema(example = "jane.doe@example.com"))]
    pub email: String,
    /// The address of a picture.
    #[cfg_attr(
        feature = "openapi",
        schema(format = "uri", example = "https://example.com/avatars/jane.jpg")
    )]
    pub photo_url: Option<String>,
    /// What end users see instead of the real name.
    #[cfg_attr(feature = "openapi", schema(example = "Support Jane"))]
    pub alias_name: Option<String>,
}

/// Who wrote a message; `user_type` tells which.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AuthorP {
    /// An end user.
    EndUser(EndUser),
    /// An agent.
    Agent(AgentP),
}

/// A conversation in variant P.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationP {
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
    pub assignee: Option<AgentP>,
    /// When it began.
    #[cfg_attr(feature = "openapi", schema(format = DateTime, example = "2025-10-27T14:30:00.000Z"))]
    pub created_at: Option<String>,
    /// When it last changed.
    #[cfg_attr(feature = "openapi", schema(format = DateTime, example = "2025-10-27T15:45:00.000Z"))]
    pub updated_at: Option<String>,
}

/// A message in variant P.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageP {
    /// The helpdesk's id.
    #[cfg_attr(feature = "openapi", schema(example = "msg_001"))]
    pub id: String,
    /// The helpdesk's id of the conversation.
    #[cfg_attr(feature = "openapi", schema(example = "conv_456"))]
    pub conversation_id: String,
    /// Always `comment`.
    pub message_type: MessageType,
    /// HTML; null for none.
    #[cfg_attr(feature = "openapi", schema(example = "<p>Thank you for reaching out!</p>"))]
    pub body: Option<String>,
    /// Who wrote it, in full.
    pub author: AuthorP,
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
pub struct CreatedConversationP {
    /// The conversation.
    pub conversation: ConversationP,
    /// Its first message.
    pub message: MessageP,
}
