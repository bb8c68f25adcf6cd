//! A conversation that the desk begins or changes.

use deskport_application::CreateConversationError;
use deskport_domain::{ConversationId, CreateConversation, Patch, UpdateConversation};
use deskport_wire::{Attributes, Invalid, Limits, field};
use serde::Deserialize;

use super::{NewMessage, message::AuthorField};
use crate::problem::Problem;

/// A conversation that begins in the desk, on behalf of an end user.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[schema(as = DeskNewConversation)]
pub(crate) struct NewConversation {
    /// Whose conversation it is; the helpdesk must know the person.
    #[serde(default, deserialize_with = "field::id")]
    #[schema(value_type = String, example = "user_123456")]
    user_id: Option<String>,
    /// What it is about.
    #[schema(example = "Question about pricing")]
    title: Option<String>,
    /// What else is known of it.
    attributes: Option<Attributes>,
    /// The message with which it begins.
    #[serde(default, deserialize_with = "field::object")]
    #[schema(value_type = NewMessage)]
    initial_message: Option<NewMessage>,
}

/// What changes of a conversation; what is left out stays as it is.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[schema(as = DeskConversationChange)]
pub(crate) struct ConversationChange {
    /// What it is about; null clears.
    #[serde(default, with = "field::patch")]
    #[schema(value_type = Option<String>, example = "Pricing inquiry - resolved")]
    title: Patch<String>,
    /// Labels, replaced as a whole; null clears.
    #[serde(default, with = "field::patch")]
    #[schema(value_type = Option<Vec<String>>, example = json!(["pricing", "sales"]))]
    tags: Patch<Vec<String>>,
    /// Merged as RFC 7396 says; null removes all attributes.
    #[serde(default, with = "field::patch")]
    #[schema(value_type = Option<Attributes>)]
    attributes: Patch<Attributes>,
    /// `open`, `resolved`, `closed` or `ended`; null changes nothing.
    #[schema(value_type = Option<deskport_wire::Status>)]
    status: Option<String>,
    /// The agent who looks after it; null leaves it waiting for a person.
    #[serde(default, deserialize_with = "field::id_patch")]
    #[schema(value_type = Option<String>, example = "agent_001")]
    assignee_id: Patch<String>,
    /// When the end user last read it; null clears.
    #[serde(default, with = "field::patch")]
    #[schema(value_type = Option<String>, format = DateTime, example = "2025-10-27T15:45:00.000Z")]
    last_user_read_at: Patch<String>,
}

/// Where a new conversation's first message stands.
const MESSAGE: &str = "initial_message";

impl NewConversation {
    /// The conversation to begin, known by `key` if there is one, and the field that names the author
    /// of its first message.
    pub(crate) fn into_command(
        self,
        key: Option<String>,
        limits: Limits,
    ) -> Result<(CreateConversation, FirstAuthor), Invalid> {
        let author = self.initial_message.as_ref().map_or(AuthorField::Agent, NewMessage::author_field);
        let conversation = deskport_wire::CreateConversation {
            title: self.title,
            user_id: self.user_id,
            user: None,
            object_id: key,
            attributes: self.attributes,
            initial_message: self.initial_message.map(NewMessage::into_first),
        };
        let command =
            conversation.into_domain(limits).map_err(|invalid| author.blame(invalid, "initial_message."))?;
        Ok((command, FirstAuthor(author)))
    }
}

/// The field that names the author of a conversation's first message.
pub(crate) struct FirstAuthor(AuthorField);

impl FirstAuthor {
    /// Why the conversation was not created.
    pub(crate) fn problem(&self, error: CreateConversationError) -> Problem {
        match error {
            CreateConversationError::UnknownAuthor => {
                Invalid::field(self.0.name(), error).within(MESSAGE).into()
            }
            error => error.into(),
        }
    }
}

impl ConversationChange {
    /// The change of `conversation`.
    pub(crate) fn into_command(self, conversation: &ConversationId) -> Result<UpdateConversation, Invalid> {
        let Self { title, tags, attributes, status, assignee_id, last_user_read_at } = self;
        deskport_wire::UpdateConversation {
            conversation_id: Some(conversation.to_string()),
            title,
            tags,
            attributes,
            status,
            assignee_id,
            last_user_read_at,
            user: None,
        }
        .into_domain()
    }
}
