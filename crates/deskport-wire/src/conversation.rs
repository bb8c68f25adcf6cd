//! Requests about conversations: `get_conversation`, `update_conversation`, `create_conversation`.

use deskport_domain::{AgentId, ConversationId, ConversationUpdate, GivenUser, Patch, Text, UserId};
use serde::{Deserialize, Serialize};

use crate::{
    Attributes, Invalid, UserBasic, attributes,
    check::{self, optional_id, required_id},
    field,
    invalid::Together,
};

mod create;

pub use create::{CreateConversation, InitialMessage};

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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(description = "Asks for one conversation."))]
pub struct GetConversation {
    /// The helpdesk's id of the conversation.
    #[serde(default, deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(description = "Changes a conversation."))]
pub struct UpdateConversation {
    /// The helpdesk's id of the conversation.
    #[serde(default, deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "conv_456"))]
    pub conversation_id: Option<String>,
    /// What it is about; null clears.
    #[serde(default, with = "field::patch", skip_serializing_if = "field::patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "Pricing inquiry - resolved"))]
    pub title: Patch<String>,
    /// Labels, replaced as a whole; null clears.
    #[serde(default, with = "field::patch", skip_serializing_if = "field::patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<String>>, example = json!(["pricing", "sales"])))]
    pub tags: Patch<Vec<String>>,
    /// Merged as RFC 7396 says; null removes all attributes.
    #[serde(default, with = "field::patch", skip_serializing_if = "field::patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Attributes>))]
    pub attributes: Patch<Attributes>,
    /// `open`, `resolved`, `closed` or `ended`; null changes nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::Status>))]
    pub status: Option<String>,
    /// The agent that looks after it; null hands it over to a person.
    #[serde(
        default,
        deserialize_with = "field::id_patch",
        serialize_with = "field::patch::serialize",
        skip_serializing_if = "field::patch::is_absent"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "agent_fin"))]
    pub assignee_id: Patch<String>,
    /// When the end user last read it; null clears.
    #[serde(default, with = "field::patch", skip_serializing_if = "field::patch::is_absent")]
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = Option<String>, format = DateTime, example = "2025-10-27T15:45:00.000Z")
    )]
    pub last_user_read_at: Patch<String>,
    /// The end user's profile (variant P).
    #[serde(default, deserialize_with = "field::object", skip_serializing_if = "Option::is_none")]
    pub user: Option<UserBasic>,
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

fn given_user(user: UserBasic) -> Result<GivenUser, Invalid> {
    let id = optional_id("user.id", user.id.as_deref(), UserId::parse)?;
    Ok(GivenUser { id, update: user.into_update() })
}
