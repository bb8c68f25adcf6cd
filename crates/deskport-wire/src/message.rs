//! Requests about messages: `get_messages`, `create_message`.

use deskport_domain::{ConversationId, FirstMessage, ListMessages, MAX_ATTACHMENTS, MessageId, PostMessage};
use serde::{Deserialize, Serialize};

use crate::{Invalid, Limits, check::required_id, field, invalid::Together};

mod draft;

pub(crate) use draft::Draft;

/// One more than a message may have, so that too many are seen without keeping all.
pub(crate) const KEPT_ATTACHMENTS: usize = MAX_ATTACHMENTS + 1;

/// Asks for a conversation's messages (spec section 4.8).
///
/// ```
/// use deskport_wire::{GetMessages, parse};
///
/// let request: GetMessages = parse(br#"{"conversation_id": "conv_456", "after_id": "msg_101"}"#)?;
/// assert_eq!(request.into_domain()?.after.unwrap().as_str(), "msg_101");
/// # Ok::<(), deskport_wire::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(description = "Asks for a conversation's messages.")
)]
pub struct GetMessages {
    /// The helpdesk's id of the conversation.
    #[serde(default, deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "conv_456"))]
    pub conversation_id: Option<String>,
    /// The helpdesk's id of the newest message that the caller has; a hint.
    #[serde(default, deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "msg_101"))]
    pub after_id: Option<String>,
}

/// Adds a message (spec section 4.9).
///
/// ```
/// use deskport_domain::Visibility;
/// use deskport_wire::{CreateMessage, Limits, parse};
///
/// let request: CreateMessage = parse(
///     br#"{"conversation_id": "conv_456", "body": "<p>Hi!</p>",
///          "author": {"id": "user_123456", "user_type": "end_user"}}"#,
/// )?;
/// let message = request.into_domain(Limits::default())?;
/// assert_eq!(message.conversation.as_str(), "conv_456");
/// assert_eq!(message.visibility, Visibility::Public, "where nothing is said");
/// # Ok::<(), deskport_wire::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(description = "Adds a message."))]
pub struct CreateMessage {
    /// The helpdesk's id of the conversation.
    #[serde(default, deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "conv_456"))]
    pub conversation_id: Option<String>,
    /// `comment`, also where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::MessageType>))]
    pub message_type: Option<String>,
    /// HTML; may be left out when there are attachments.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(example = "<p>Hi! I'd like to know more about your pricing plans.</p>")
    )]
    pub body: Option<String>,
    /// Who wrote it.
    #[serde(default, deserialize_with = "field::object", skip_serializing_if = "Option::is_none")]
    pub author: Option<AuthorBasic>,
    /// `public` or `private`; public where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::Visibility>))]
    pub visibility: Option<String>,
    /// When it was written; the server's clock where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(format = DateTime, example = "2025-10-27T14:30:00.000Z"))]
    pub created_at: Option<String>,
    /// The caller's own id of the message; makes a repeat harmless.
    #[serde(default, deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "123456"))]
    pub object_id: Option<String>,
    /// Files that belong to it, at most 100.
    #[serde(default, deserialize_with = "field::objects::<_, _, KEPT_ATTACHMENTS>")]
    pub attachments: Vec<Attachment>,
}

/// A message's author in requests. Names may come along and change nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuthorBasic {
    /// The helpdesk's id of the end user or the agent.
    #[serde(default, deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "user_123456"))]
    pub id: Option<String>,
    /// `end_user` or `agent`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "end_user"))]
    pub user_type: Option<String>,
    /// Written by variant P, never read.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Jane Doe"))]
    pub name: Option<String>,
    /// Written by variant P, never read.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "jane.doe@example.com"))]
    pub email: Option<String>,
    /// Written by variant P, never read.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "https://example.com/avatars/jane.jpg"))]
    pub photo_url: Option<String>,
}

/// A file that belongs to a message (spec section 5.5).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(description = "A file that belongs to a message.")
)]
pub struct Attachment {
    /// Where the file is: an absolute https address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "https://example.com/files/pricing-guide.pdf"))]
    pub url: Option<String>,
    /// The type or extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "pdf"))]
    pub filetype: Option<String>,
    /// The name to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Pricing Guide 2025"))]
    pub filename: Option<String>,
}

impl GetMessages {
    /// The list asked for. An `after_id` that is no id counts as none.
    ///
    /// # Errors
    /// [`Invalid`] when `conversation_id` is missing or no id.
    pub fn into_domain(self) -> Result<ListMessages, Invalid> {
        Ok(ListMessages {
            conversation: required_id(
                "conversation_id",
                self.conversation_id.as_deref(),
                ConversationId::parse,
            )?,
            after: self.after_id.and_then(|raw| MessageId::parse(&raw).ok()),
        })
    }
}

impl CreateMessage {
    /// The message to add.
    ///
    /// # Errors
    /// [`Invalid`] with all wrong fields.
    pub fn into_domain(self, limits: Limits) -> Result<PostMessage, Invalid> {
        let conversation =
            required_id("conversation_id", self.conversation_id.as_deref(), ConversationId::parse);
        let message = Draft {
            message_type: self.message_type,
            body: self.body,
            author: self.author,
            visibility: self.visibility,
            created_at: self.created_at,
            object_id: self.object_id,
            attachments: self.attachments,
        };
        let (conversation, message) = (conversation, message.into_domain(limits)).together()?;
        let FirstMessage { object_id, author, content, visibility, created_at } = message;
        Ok(PostMessage { conversation, object_id, author, content, visibility, created_at })
    }
}
