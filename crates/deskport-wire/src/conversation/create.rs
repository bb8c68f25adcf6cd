//! The request that adds a conversation: `create_conversation`.

use deskport_domain::{ConversationUser, FirstMessage, GivenUser, Text, UserId};
use serde::{Deserialize, Serialize};

use super::given_user;
use crate::{
    Attachment, Attributes, AuthorBasic, Invalid, Limits, UserBasic,
    check::{missing, object_id, optional_id},
    field,
    invalid::Together,
    message::{Draft, KEPT_ATTACHMENTS},
};

/// Adds a conversation with its first message (spec section 4.7).
///
/// ```
/// use deskport_domain::{ConversationUser, UserId};
/// use deskport_wire::{CreateConversation, Limits, parse};
///
/// let request: CreateConversation = parse(
///     br#"{"user_id": "user_123",
///          "initial_message": {"body": "Hi!", "author": {"id": "user_123", "user_type": "end_user"}}}"#,
/// )?;
/// let conversation = request.into_domain(Limits::default())?;
/// assert_eq!(conversation.user, ConversationUser::Known(UserId::parse("user_123")?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(description = "Adds a conversation with its first message.")
)]
pub struct CreateConversation {
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Question about pricing"))]
    pub title: Option<String>,
    /// The helpdesk's id of the end user (variant R).
    #[serde(default, deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "user_123"))]
    pub user_id: Option<String>,
    /// The end user with the profile (variant P).
    #[serde(default, deserialize_with = "field::object", skip_serializing_if = "Option::is_none")]
    pub user: Option<UserBasic>,
    /// The caller's own id of the conversation; makes a repeat harmless.
    #[serde(default, deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "123456"))]
    pub object_id: Option<String>,
    /// What else is known of the conversation (variant P).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Attributes>,
    /// The message with which it begins.
    #[serde(default, deserialize_with = "field::object", skip_serializing_if = "Option::is_none")]
    pub initial_message: Option<InitialMessage>,
}

/// The first message of a [`CreateConversation`].
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InitialMessage {
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
    /// What else is known of the conversation, not of the message (variant R).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Attributes>,
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

impl CreateConversation {
    /// The conversation to add.
    ///
    /// # Errors
    /// [`Invalid`] with all wrong fields.
    pub fn into_domain(self, limits: Limits) -> Result<deskport_domain::CreateConversation, Invalid> {
        let mut attributes = deskport_domain::Attributes::default();
        let mut initial_message = self.initial_message;
        let inner = initial_message.as_mut().and_then(|message| message.attributes.take());
        for Attributes(given) in inner.into_iter().chain(self.attributes) {
            attributes.merge(&given);
        }
        let (user, first_message) = (
            conversation_user(self.user_id.as_deref(), self.user),
            initial_message
                .ok_or_else(|| missing("initial_message"))
                .and_then(|message| message.into_domain(limits)),
        )
            .together()?;
        Ok(deskport_domain::CreateConversation {
            object_id: object_id(self.object_id),
            title: self.title.map(Text::from),
            user,
            attributes,
            first_message,
        })
    }
}

impl InitialMessage {
    fn into_domain(self, limits: Limits) -> Result<FirstMessage, Invalid> {
        let draft = Draft {
            message_type: self.message_type,
            body: self.body,
            author: self.author,
            visibility: self.visibility,
            created_at: self.created_at,
            object_id: self.object_id,
            attachments: self.attachments,
        };
        draft.into_domain(limits).map_err(|invalid| invalid.within("initial_message"))
    }
}

/// Variant P's `user` wins over variant R's `user_id`, which stands in for a missing `user.id`.
fn conversation_user(user_id: Option<&str>, user: Option<UserBasic>) -> Result<ConversationUser, Invalid> {
    let known = optional_id("user_id", user_id, UserId::parse);
    let Some(user) = user else {
        return known?.map(ConversationUser::Known).ok_or_else(|| missing("user_id"));
    };
    let (known, GivenUser { id, update }) = (known, given_user(user)).together()?;
    let id = id.or(known).ok_or_else(|| missing("user.id"))?;
    Ok(ConversationUser::Given(id, update))
}
