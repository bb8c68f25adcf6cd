//! Conversations.

use deskport_domain::ConversationDetails;
use deskport_wire::{AttributesRef, Status, TimestampText};
use serde::Serialize;

use super::{Agent, Message, User, moment};

/// One matter of one end user.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = DeskConversation)]
pub(crate) struct Conversation<'a> {
    /// The id.
    #[schema(example = "conv_456")]
    id: &'a str,
    /// Where it stands.
    status: Status,
    /// What it is about.
    #[schema(example = "Question about pricing")]
    title: Option<&'a str>,
    /// Labels.
    #[schema(example = json!(["pricing", "sales"]))]
    tags: Vec<&'a str>,
    /// What else is known of it.
    #[schema(value_type = deskport_wire::Attributes)]
    attributes: AttributesRef<'a>,
    /// Whose conversation it is.
    user: User<'a>,
    /// Who looks after it.
    assignee: Option<Agent<'a>>,
    /// Since when a person must take over: set by the handover, cleared by the next assignee.
    #[schema(value_type = Option<String>, format = DateTime)]
    waiting_since: Option<TimestampText>,
    /// When the end user last read it.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_user_read_at: Option<TimestampText>,
    /// When it began.
    #[schema(value_type = String, format = DateTime, example = "2025-10-27T14:30:00.000Z")]
    created_at: TimestampText,
    /// When it last changed or got a message.
    #[schema(value_type = String, format = DateTime, example = "2025-10-27T14:35:00.000Z")]
    updated_at: TimestampText,
}

/// A new conversation with its first message.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = DeskCreatedConversation)]
pub(crate) struct CreatedConversation<'a> {
    /// The conversation.
    pub(crate) conversation: Conversation<'a>,
    /// Its first message.
    pub(crate) message: Message<'a>,
}

impl<'a> From<&'a ConversationDetails> for Conversation<'a> {
    fn from(details: &'a ConversationDetails) -> Self {
        let conversation = &details.conversation;
        Self {
            id: conversation.id.as_str(),
            status: conversation.status.into(),
            title: conversation.title.as_deref(),
            tags: conversation.tags.iter().map(AsRef::as_ref).collect(),
            attributes: AttributesRef(&conversation.attributes),
            user: User::from(&details.user),
            assignee: details.assignee.as_ref().map(Agent::from),
            waiting_since: moment(conversation.waiting_since),
            last_user_read_at: moment(conversation.last_user_read_at),
            created_at: conversation.created_at.into(),
            updated_at: conversation.updated_at.into(),
        }
    }
}
