//! Agents for tests.

use deskport_domain::{Agent, Text, Timestamp};

use super::{agent_id, moment};

/// Puts an agent together.
#[derive(Debug, Clone)]
pub struct AgentBuilder(Agent);

/// The agent `agent_fin`, of whom nothing is known yet.
pub fn an_agent() -> AgentBuilder {
    AgentBuilder(Agent::unnamed(agent_id("agent_fin"), moment(0)))
}

impl AgentBuilder {
    /// With this id.
    #[must_use]
    pub fn id(self, raw: &str) -> Self {
        Self(Agent { id: agent_id(raw), ..self.0 })
    }

    /// With this real name.
    #[must_use]
    pub fn name(self, name: impl Into<Text>) -> Self {
        Self(Agent { name: Some(name.into()), ..self.0 })
    }

    /// With this e-mail address.
    #[must_use]
    pub fn email(self, email: impl Into<Text>) -> Self {
        Self(Agent { email: Some(email.into()), ..self.0 })
    }

    /// With this name for end users.
    #[must_use]
    pub fn alias(self, alias: impl Into<Text>) -> Self {
        Self(Agent { alias: Some(alias.into()), ..self.0 })
    }

    /// With a picture at this address.
    #[must_use]
    pub fn photo_url(self, url: impl Into<Text>) -> Self {
        Self(Agent { photo_url: Some(url.into()), ..self.0 })
    }

    /// Who no longer works here since this moment.
    #[must_use]
    pub fn disabled_at(self, at: Timestamp) -> Self {
        Self(Agent { disabled_at: Some(at), ..self.0 })
    }

    /// Added at this moment, and unchanged since.
    #[must_use]
    pub fn created_at(self, at: Timestamp) -> Self {
        Self(Agent { created_at: at, updated_at: at, ..self.0 })
    }

    /// The agent.
    pub fn build(self) -> Agent {
        self.0
    }
}
