//! Typing hints: out at once or not at all, at most one every three seconds.

use std::sync::Arc;

use deskport_domain::{AgentId, ConversationId};
use deskport_ports::{AgentRepository, Clock, Notification, StoreError, WebhookTransport};
use quick_cache::sync::Cache;
use tracing::debug;

/// The shortest time between two hints of one agent in one conversation, in milliseconds.
const PAUSE_MS: i64 = 3_000;
/// How many pairs of conversation and agent are remembered.
const REMEMBERED: usize = 10_000;

/// The use case of an agent who is typing (decision 27).
#[derive(Clone)]
pub struct TypingHints {
    agents: Arc<dyn AgentRepository>,
    clock: Arc<dyn Clock>,
    transport: Arc<dyn WebhookTransport>,
    sent: Arc<Cache<(ConversationId, AgentId), i64>>,
}

/// Why nobody can be shown typing.
#[derive(Debug, thiserror::Error)]
pub enum HintError {
    /// There is no such agent.
    #[error("there is no agent with this id")]
    UnknownAgent,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl TypingHints {
    /// Hints over `transport`.
    pub fn new(
        agents: Arc<dyn AgentRepository>,
        clock: Arc<dyn Clock>,
        transport: Arc<dyn WebhookTransport>,
    ) -> Self {
        Self { agents, clock, transport, sent: Arc::new(Cache::new(REMEMBERED)) }
    }

    /// Tells Fin that an agent is typing; tells whether a hint went out. None does within three
    /// seconds of the last, for an agent without a name or an e-mail address, or when Fin cannot be
    /// reached.
    ///
    /// # Errors
    /// [`HintError`] when there is no such agent, or the store fails.
    pub async fn hint(&self, conversation: ConversationId, agent: &AgentId) -> Result<bool, HintError> {
        let agent = self.agents.agent(agent).await?.ok_or(HintError::UnknownAgent)?;
        if agent.name.is_none() || agent.email.is_none() || !self.is_due(&conversation, &agent.id) {
            return Ok(false);
        }
        let outcome = self.transport.send(&Notification::Typing(conversation, agent)).await;
        if let Err(error) = &outcome {
            debug!(%error, "Dropped a typing hint");
        }
        Ok(outcome.is_ok())
    }

    fn is_due(&self, conversation: &ConversationId, agent: &AgentId) -> bool {
        let key = (conversation.clone(), agent.clone());
        let now = self.clock.now().as_millis();
        let age = self.sent.get(&key).map(|last| now - last);
        let due = age.is_none_or(|age| !(0..PAUSE_MS).contains(&age));
        if due {
            self.sent.insert(key, now);
        }
        due
    }
}

impl std::fmt::Debug for TypingHints {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TypingHints").finish_non_exhaustive()
    }
}
