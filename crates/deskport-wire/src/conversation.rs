//! Requests about conversations: `get_conversation`, `update_conversation`, `create_conversation`.

use deskport_domain::{
    AgentId, ConversationId, ConversationUpdate, ConversationUser, FirstMessage, GivenUser, Patch, Text,
    UserId,
};
use serde::{Deserialize, Serialize};

use crate::{
    Attachment, Attributes, AuthorBasic, Invalid, Limits, UserBasic, attributes,
    check::{self, missing, object_id, optional_id, required_id},
    field,
    invalid::Together,
    message::{Draft, KEPT_ATTACHMENTS},
};

/// Asks for one conversation (spec section 4.5).
///
/// ```
/// use deskport_wire::{GetConversation, parse};
///
/// let request: GetConversation = parse(br#"{"conversation_id": "conv_456"}"#)?;
/// assert_eq!(request.into_domain()?.as_str(), "conv_456");
/// # Ok::<(), deskport_wire::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GetConversation {
    /// The helpdesk's id of the conversation.
    #[serde(deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "conv_456"))]
    pub conversation_id: Option<String>,
}

/// Changes a conversation (spec section 4.6).
///
/// ```
/// use deskport_domain::Patch;
/// use deskport_wire::{UpdateConversation, parse};
///
/// let handover: UpdateConversation =
///     parse(br#"{"conversation_id": "conv_456", "assignee_id": null}"#)?;
/// let change = handover.into_domain()?;
/// assert_eq!(change.update.assignee, Patch::Clear);
/// assert_eq!(change.update.title, Patch::Keep, "absent members change nothing");
/// # Ok::<(), deskport_wire::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateConversation {
    /// The helpdesk's id of the conversation.
    #[serde(deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "conv_456"))]
    pub conversation_id: Option<String>,
    /// What it is about; null clears.
    #[serde(with = "field::patch", skip_serializing_if = "field::patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "Pricing inquiry - resolved"))]
    pub title: Patch<String>,
    /// Labels, replaced as a whole; null clears.
    #[serde(with = "field::patch", skip_serializing_if = "field::patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<String>>, example = json!(["pricing", "sales"])))]
    pub tags: Patch<Vec<String>>,
    /// Merged as RFC 7396 says; null removes all attributes.
    #[serde(with = "field::patch", skip_serializing_if = "field::patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Attributes>))]
    pub attributes: Patch<Attributes>,
    /// `open`, `resolved`, `closed` or `ended`; null changes nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "resolved"))]
    pub status: Option<String>,
    /// The agent that looks after it; null hands it over to a person.
    #[serde(
        deserialize_with = "field::id_patch",
        serialize_with = "field::patch::serialize",
        skip_serializing_if = "field::patch::is_absent"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "agent_fin"))]
    pub assignee_id: Patch<String>,
    /// When the end user last read it; null clears.
    #[serde(with = "field::patch", skip_serializing_if = "field::patch::is_absent")]
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = Option<String>, format = DateTime, example = "2025-10-27T15:45:00.000Z")
    )]
    pub last_user_read_at: Patch<String>,
    /// The end user's profile (variant P).
    #[serde(deserialize_with = "field::object", skip_serializing_if = "Option::is_none")]
    pub user: Option<UserBasic>,
}

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
/// let conversation = request.into_domain(&Limits::default())?;
/// assert_eq!(conversation.user, ConversationUser::Known(UserId::parse("user_123")?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateConversation {
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Question about pricing"))]
    pub title: Option<String>,
    /// The helpdesk's id of the end user (variant R).
    #[serde(deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "user_123"))]
    pub user_id: Option<String>,
    /// The end user with the profile (variant P).
    #[serde(deserialize_with = "field::object", skip_serializing_if = "Option::is_none")]
    pub user: Option<UserBasic>,
    /// The caller's own id of the conversation; makes a repeat harmless.
    #[serde(deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "123456"))]
    pub object_id: Option<String>,
    /// What else is known of the conversation (variant P).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Attributes>,
    /// The message with which it begins.
    #[serde(deserialize_with = "field::object", skip_serializing_if = "Option::is_none")]
    pub initial_message: Option<InitialMessage>,
}

/// The first message of a [`CreateConversation`].
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InitialMessage {
    /// `comment`, also where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "comment"))]
    pub message_type: Option<String>,
    /// HTML; may be left out when there are attachments.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(example = "<p>Hi! I'd like to know more about your pricing plans.</p>")
    )]
    pub body: Option<String>,
    /// Who wrote it.
    #[serde(deserialize_with = "field::object", skip_serializing_if = "Option::is_none")]
    pub author: Option<AuthorBasic>,
    /// `public` or `private`; public where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "public"))]
    pub visibility: Option<String>,
    /// What else is known of the conversation, not of the message (variant R).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Attributes>,
    /// When it was written; the server's clock where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(format = DateTime, example = "2025-10-27T14:30:00.000Z"))]
    pub created_at: Option<String>,
    /// The caller's own id of the message; makes a repeat harmless.
    #[serde(deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "123456"))]
    pub object_id: Option<String>,
    /// Files that belong to it, at most 100.
    #[serde(deserialize_with = "field::objects::<_, _, KEPT_ATTACHMENTS>")]
    pub attachments: Vec<Attachment>,
}

impl GetConversation {
    /// The conversation asked for.
    ///
    /// # Errors
    /// [`Invalid`] when `conversation_id` is missing or no id.
    pub fn into_domain(self) -> Result<ConversationId, Invalid> {
        required_id("conversation_id", self.conversation_id.as_deref(), ConversationId::parse)
    }
}

impl UpdateConversation {
    /// The change asked for.
    ///
    /// # Errors
    /// [`Invalid`] with all wrong fields.
    pub fn into_domain(self) -> Result<deskport_domain::UpdateConversation, Invalid> {
        let (conversation, status, assignee, last_user_read_at, user) = (
            required_id("conversation_id", self.conversation_id.as_deref(), ConversationId::parse),
            check::status(self.status.as_deref()),
            check::each(self.assignee_id, |raw| required_id("assignee_id", Some(&raw), AgentId::parse)),
            check::each(self.last_user_read_at, |raw| check::moment("last_user_read_at", &raw)),
            self.user.map(given_user).transpose(),
        )
            .together()?;
        let update = ConversationUpdate {
            title: check::text(self.title),
            tags: self.tags.map(|tags| tags.into_iter().map(Text::from).collect()),
            attributes: attributes::patch(self.attributes),
            status,
            assignee,
            last_user_read_at,
        };
        Ok(deskport_domain::UpdateConversation { conversation, update, user })
    }
}

impl CreateConversation {
    /// The conversation to add.
    ///
    /// # Errors
    /// [`Invalid`] with all wrong fields.
    pub fn into_domain(self, limits: &Limits) -> Result<deskport_domain::CreateConversation, Invalid> {
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
    fn into_domain(self, limits: &Limits) -> Result<FirstMessage, Invalid> {
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

fn given_user(user: UserBasic) -> Result<GivenUser, Invalid> {
    let id = optional_id("user.id", user.id.as_deref(), UserId::parse)?;
    Ok(GivenUser { id, update: user.into_update() })
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
