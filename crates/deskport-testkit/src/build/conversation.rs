//! Conversations for tests.

use deskport_domain::{Agent, Attributes, Conversation, EndUser, Status, Text, Timestamp};

use super::{conversation_id, moment, user_id};

/// Puts a conversation together.
#[derive(Debug, Clone)]
pub struct ConversationBuilder(Conversation);

/// The conversation `conv_pricing` of the user `user_jane`: open, about nothing, nobody's.
pub fn a_conversation() -> ConversationBuilder {
    let (id, user) = (conversation_id("conv_pricing"), user_id("user_jane"));
    ConversationBuilder(Conversation::begin(id, user, moment(0)))
}

impl ConversationBuilder {
    /// With this id.
    #[must_use]
    pub fn id(self, raw: &str) -> Self {
        Self(Conversation { id: conversation_id(raw), ..self.0 })
    }

    /// A matter of this user.
    #[must_use]
    pub fn of(self, user: &EndUser) -> Self {
        Self(Conversation { user: user.id.clone(), ..self.0 })
    }

    /// With this status.
    #[must_use]
    pub fn status(self, status: Status) -> Self {
        Self(Conversation { status, ..self.0 })
    }

    /// With this title.
    #[must_use]
    pub fn title(self, title: impl Into<Text>) -> Self {
        Self(Conversation { title: Some(title.into()), ..self.0 })
    }

    /// With these tags.
    #[must_use]
    pub fn tags(self, tags: &[&str]) -> Self {
        Self(Conversation { tags: tags.iter().map(|tag| Text::from(*tag)).collect(), ..self.0 })
    }

    /// With these attributes.
    #[must_use]
    pub fn attributes(self, attributes: Attributes) -> Self {
        Self(Conversation { attributes, ..self.0 })
    }

    /// With this agent to look after it.
    #[must_use]
    pub fn assigned_to(self, agent: &Agent) -> Self {
        Self(Conversation { assignee: Some(agent.id.clone()), ..self.0 })
    }

    /// Last read by its user at this moment.
    #[must_use]
    pub fn last_user_read_at(self, at: Timestamp) -> Self {
        Self(Conversation { last_user_read_at: Some(at), ..self.0 })
    }

    /// Begun at this moment, and unchanged since.
    #[must_use]
    pub fn created_at(self, at: Timestamp) -> Self {
        Self(Conversation { created_at: at, updated_at: at, ..self.0 })
    }

    /// The conversation.
    pub fn build(self) -> Conversation {
        self.0
    }
}
