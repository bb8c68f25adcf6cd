//! What happens to agents.

use deskport_domain::{Agent, AgentId, AgentUpdate, Patch};
use deskport_ports::{AgentChange, CommitError, StoreError, Stored};
use tracing::debug;

use crate::{World, owed};

/// Use cases about agents.
#[derive(Debug, Clone)]
pub struct Agents(World);

/// Why there is no agent to answer.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// Nobody has this id.
    #[error("there is no agent with this id")]
    Unknown,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Agents {
    pub(crate) fn new(world: World) -> Self {
        Self(world)
    }

    /// The agents from whom one may be chosen: all that are not disabled, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn list(&self) -> Result<Vec<Agent>, StoreError> {
        let mut agents = self.all().await?;
        agents.retain(|agent| agent.disabled_at.is_none());
        Ok(agents)
    }

    /// All agents, disabled ones among them, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn all(&self) -> Result<Vec<Agent>, StoreError> {
        self.0.store.agents().await
    }

    /// Adds an agent.
    ///
    /// # Errors
    /// [`AgentError::Store`] when the store fails.
    pub async fn add(&self, profile: AgentUpdate) -> Result<Agent, AgentError> {
        let id = AgentId::from_uuid(self.0.ids.uuid());
        self.commit(AgentChange::Upsert(id, profile)).await
    }

    /// Changes an agent.
    ///
    /// # Errors
    /// [`AgentError`] when there is no such agent, or the store fails.
    pub async fn update(&self, id: AgentId, update: AgentUpdate) -> Result<Agent, AgentError> {
        self.commit(AgentChange::Update(id, update)).await
    }

    /// Changes an agent, and adds one where nobody has this id.
    ///
    /// # Errors
    /// [`AgentError::Store`] when the store fails.
    pub async fn upsert(&self, id: AgentId, update: AgentUpdate) -> Result<Agent, AgentError> {
        self.commit(AgentChange::Upsert(id, update)).await
    }

    /// The agent with this id, also when it is disabled.
    ///
    /// # Errors
    /// [`AgentError`] when there is none, or the store fails.
    pub async fn load(&self, id: &AgentId) -> Result<Agent, AgentError> {
        self.0.store.agent(id).await?.ok_or(AgentError::Unknown)
    }

    /// Takes an agent out of the choice; what the agent wrote stays.
    ///
    /// # Errors
    /// [`AgentError`] when there is no such agent, or the store fails.
    pub async fn disable(&self, id: AgentId) -> Result<Agent, AgentError> {
        let disabled_at = Patch::Set(self.0.clock.now());
        self.update(id, AgentUpdate { disabled_at, ..AgentUpdate::default() }).await
    }

    /// Takes a disabled agent back into the choice.
    ///
    /// # Errors
    /// [`AgentError`] when there is no such agent, or the store fails.
    pub async fn enable(&self, id: AgentId) -> Result<Agent, AgentError> {
        self.update(id, AgentUpdate { disabled_at: Patch::Clear, ..AgentUpdate::default() }).await
    }

    async fn commit(&self, change: AgentChange) -> Result<Agent, AgentError> {
        let changes = self.0.change().with_agent(change);
        let Stored { value: agent, effect } = owed(self.0.store.commit(changes).await?.agent)?;
        debug!(agent.id = %agent.id, ?effect, "Stored an agent");
        Ok(agent)
    }
}

impl From<CommitError> for AgentError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Missing(_) => Self::Unknown,
            CommitError::Store(error) => Self::Store(error),
        }
    }
}
