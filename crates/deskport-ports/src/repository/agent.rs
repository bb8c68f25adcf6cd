//! Reading agents.

use async_trait::async_trait;
use deskport_domain::{Agent, AgentId};

use crate::StoreError;

/// Agents.
#[async_trait]
pub trait AgentRepository: Send + Sync {
    /// The agent with this id, also when it is disabled.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn agent(&self, id: &AgentId) -> Result<Option<Agent>, StoreError>;

    /// All agents, disabled ones among them, oldest first, ties by id.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn agents(&self) -> Result<Vec<Agent>, StoreError>;
}
