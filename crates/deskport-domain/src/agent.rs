//! Agents: those who answer, people and Fin alike.

use crate::{AgentId, Patch, Text, Timestamp};

/// Somebody who answers end users. Fin is an agent too, told apart only by its configured id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// The helpdesk's id of the agent.
    pub id: AgentId,
    /// The real name.
    pub name: Option<Text>,
    /// The e-mail address.
    pub email: Option<Text>,
    /// What end users see instead of the real name.
    pub alias: Option<Text>,
    /// The address of a picture.
    pub photo_url: Option<Text>,
    /// Since when the agent no longer works here. Disabled agents stay authors of what they
    /// wrote, and are no longer offered for choice.
    pub disabled_at: Option<Timestamp>,
    /// When the agent was added.
    pub created_at: Timestamp,
    /// When any of this last changed.
    pub updated_at: Timestamp,
}

/// A change of an agent; each field has three states.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgentUpdate {
    /// Changes [`Agent::name`].
    pub name: Patch<Text>,
    /// Changes [`Agent::email`].
    pub email: Patch<Text>,
    /// Changes [`Agent::alias`].
    pub alias: Patch<Text>,
    /// Changes [`Agent::photo_url`].
    pub photo_url: Patch<Text>,
    /// Changes [`Agent::disabled_at`]: set disables, clear enables.
    pub disabled_at: Patch<Timestamp>,
}

impl Agent {
    /// An agent of whom nothing is known but the id.
    pub fn unnamed(id: AgentId, at: Timestamp) -> Self {
        Self {
            id,
            name: None,
            email: None,
            alias: None,
            photo_url: None,
            disabled_at: None,
            created_at: at,
            updated_at: at,
        }
    }

    /// Applies `update` at the moment `at`; tells whether anything changed.
    ///
    /// ```
    /// use deskport_domain::{Agent, AgentId, AgentUpdate, Patch, Timestamp};
    ///
    /// let mut fin = Agent::unnamed(AgentId::parse("agent_fin")?, Timestamp::EPOCH);
    /// let update = AgentUpdate { alias: Patch::Set("Fin".into()), ..AgentUpdate::default() };
    /// assert!(fin.apply(&update, Timestamp::EPOCH));
    /// # Ok::<(), deskport_domain::InvalidId>(())
    /// ```
    pub fn apply(&mut self, update: &AgentUpdate, at: Timestamp) -> bool {
        let changed = [
            update.name.apply_to(&mut self.name),
            update.email.apply_to(&mut self.email),
            update.alias.apply_to(&mut self.alias),
            update.photo_url.apply_to(&mut self.photo_url),
            update.disabled_at.apply_to(&mut self.disabled_at),
        ]
        .contains(&true);
        if changed {
            self.updated_at = self.updated_at.max(at);
        }
        changed
    }
}
