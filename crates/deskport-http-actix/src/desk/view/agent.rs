//! Agents.

use deskport_wire::TimestampText;
use serde::Serialize;

use super::moment;

/// Somebody who answers end users, Fin among them.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = DeskAgent)]
pub(crate) struct Agent<'a> {
    /// The id, which may be your own.
    #[schema(example = "agent_001")]
    id: &'a str,
    /// Always `agent`.
    #[schema(example = "agent")]
    user_type: &'static str,
    /// The real name.
    #[schema(example = "Sarah Johnson")]
    name: Option<&'a str>,
    /// The e-mail address.
    #[schema(example = "sarah.johnson@company.com")]
    email: Option<&'a str>,
    /// What end users see instead of the real name.
    #[schema(example = "Sarah")]
    alias: Option<&'a str>,
    /// The address of a picture.
    #[schema(example = "https://example.com/avatars/sarah.jpg")]
    photo_url: Option<&'a str>,
    /// Since when the agent no longer works here.
    #[schema(value_type = Option<String>, format = DateTime)]
    disabled_at: Option<TimestampText>,
    /// When the agent was added.
    #[schema(value_type = String, format = DateTime, example = "2025-10-27T14:30:00.000Z")]
    created_at: TimestampText,
    /// When any of this last changed.
    #[schema(value_type = String, format = DateTime, example = "2025-10-27T14:30:00.000Z")]
    updated_at: TimestampText,
}

impl<'a> From<&'a deskport_domain::Agent> for Agent<'a> {
    fn from(agent: &'a deskport_domain::Agent) -> Self {
        Self {
            id: agent.id.as_str(),
            user_type: "agent",
            name: agent.name.as_deref(),
            email: agent.email.as_deref(),
            alias: agent.alias.as_deref(),
            photo_url: agent.photo_url.as_deref(),
            disabled_at: moment(agent.disabled_at),
            created_at: agent.created_at.into(),
            updated_at: agent.updated_at.into(),
        }
    }
}
