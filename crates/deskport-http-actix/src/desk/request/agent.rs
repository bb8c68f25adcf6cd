//! What is said of an agent.

use deskport_domain::{AgentId, AgentUpdate, Patch, Text};
use deskport_wire::{Invalid, field};
use serde::Deserialize;

use crate::desk::call::given;

/// What changes of an agent; what is left out stays as it is, and null clears.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[schema(as = DeskAgentProfile)]
pub(crate) struct AgentProfile {
    /// The real name. Fin is told who is typing only if the agent has a name and an e-mail address.
    #[serde(default, with = "field::patch")]
    #[schema(value_type = Option<String>, example = "Sarah Johnson")]
    name: Patch<String>,
    /// The e-mail address.
    #[serde(default, with = "field::patch")]
    #[schema(value_type = Option<String>, example = "sarah.johnson@company.com")]
    email: Patch<String>,
    /// What end users see instead of the real name.
    #[serde(default, with = "field::patch")]
    #[schema(value_type = Option<String>, example = "Sarah")]
    alias: Patch<String>,
    /// The address of a picture.
    #[serde(default, with = "field::patch")]
    #[schema(value_type = Option<String>, example = "https://example.com/avatars/sarah.jpg")]
    photo_url: Patch<String>,
}

/// Says that an agent is typing.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[schema(as = DeskTyping)]
pub(crate) struct Typing {
    /// Who is typing.
    #[serde(default, deserialize_with = "field::id")]
    #[schema(value_type = String, example = "agent_001")]
    agent_id: Option<String>,
}

impl AgentProfile {
    /// What the profile changes.
    pub(crate) fn into_update(self) -> AgentUpdate {
        AgentUpdate {
            name: self.name.map(Text::from),
            email: self.email.map(Text::from),
            alias: self.alias.map(Text::from),
            photo_url: self.photo_url.map(Text::from),
            disabled_at: Patch::Keep,
        }
    }
}

impl Typing {
    /// Who is typing.
    pub(crate) fn agent(&self) -> Result<AgentId, Invalid> {
        let raw = self.agent_id.as_deref().ok_or_else(|| Invalid::field("agent_id", "is missing"))?;
        given("agent_id", raw, AgentId::parse)
    }
}
