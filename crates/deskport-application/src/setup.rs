//! The first start on an empty store.

use deskport_domain::{Agent, AgentId, AgentUpdate};
use deskport_ports::{FirstStart, Role, StoreError};

use crate::{Access, Secret, World};

/// Use cases of the first start.
#[derive(Debug, Clone)]
pub struct Setup {
    world: World,
    access: Access,
}

/// A first start that is ready to be stored.
#[derive(Debug, Clone)]
pub struct PreparedStart {
    start: FirstStart,
    /// What the owner must learn, since it is stored nowhere.
    pub secrets: FirstSecrets,
}

/// The secrets of the first start (decision 25).
#[derive(Debug, Clone)]
pub struct FirstSecrets {
    /// The `client_id` with which Fin fetches its tokens.
    pub fin_client_id: String,
    /// The `client_secret` that goes with it.
    pub fin_client_secret: Secret,
    /// The agent that stands for Fin.
    pub fin_agent_id: AgentId,
    /// The token of the helpdesk's own face.
    pub desk_token: Secret,
}

impl Setup {
    pub(crate) fn new(world: World, access: Access) -> Self {
        Self { world, access }
    }

    /// Prepares a first start if the store looks empty: an agent that stands for Fin, a client for
    /// Fin and a token for the desk. Nothing is stored yet, so that the caller can put the secrets
    /// in a safe place before they count.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn prepare(
        &self,
        fin_agent: AgentId,
        profile: &AgentUpdate,
    ) -> Result<Option<PreparedStart>, StoreError> {
        if !self.store_is_empty().await? {
            return Ok(None);
        }
        let client = self.access.new_client(Role::Fin, "Fin (first start)".into());
        let token = self.access.new_token(Role::Desk, "Desk (first start)".into(), None, None);
        let at = self.world.clock.now();
        let mut agent = Agent::unnamed(fin_agent.clone(), at);
        agent.apply(profile, at);
        let secrets = FirstSecrets {
            fin_client_id: client.credential.id.to_string(),
            fin_client_secret: client.secret,
            fin_agent_id: fin_agent,
            desk_token: token.secret,
        };
        let start = FirstStart { agent, client: client.credential, token: token.credential };
        Ok(Some(PreparedStart { start, secrets }))
    }

    /// Stores a prepared start; `false` if another instance was faster and these secrets are void.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn complete(&self, prepared: &PreparedStart) -> Result<bool, StoreError> {
        self.world.store.first_start(&prepared.start).await
    }

    async fn store_is_empty(&self) -> Result<bool, StoreError> {
        let store = &self.world.store;
        Ok(store.agents().await?.is_empty()
            && store.clients().await?.is_empty()
            && store.tokens(self.world.clock.now()).await?.is_empty())
    }
}
