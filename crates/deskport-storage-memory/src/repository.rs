//! Reading users, agents, conversations and messages.

use async_trait::async_trait;
use deskport_domain::{
    Agent, AgentId, AuthorId, AuthoredMessage, ConversationDetails, ConversationId, EndUser, MessageId,
    UserId,
};
use deskport_ports::{
    AgentRepository, ConversationRepository, MessagePage, MessageQuery, MessageRepository, StoreError,
    ThreadVersion, UserRepository,
};

use crate::{MemoryStore, thread::Thread};

#[async_trait]
impl UserRepository for MemoryStore {
    async fn user(&self, id: &UserId) -> Result<Option<EndUser>, StoreError> {
        Ok(self.read().users.get(id).cloned())
    }
}

#[async_trait]
impl AgentRepository for MemoryStore {
    async fn agent(&self, id: &AgentId) -> Result<Option<Agent>, StoreError> {
        Ok(self.read().agents.get(id).cloned())
    }

    async fn agents(&self) -> Result<Vec<Agent>, StoreError> {
        let mut agents: Vec<_> = self.read().agents.values().cloned().collect();
        agents.sort_by(|one, other| (one.created_at, &one.id).cmp(&(other.created_at, &other.id)));
        Ok(agents)
    }
}

#[async_trait]
impl ConversationRepository for MemoryStore {
    async fn conversation(&self, id: &ConversationId) -> Result<Option<ConversationDetails>, StoreError> {
        Ok(self.read().details(id))
    }
}

#[async_trait]
impl MessageRepository for MemoryStore {
    async fn messages(&self, query: &MessageQuery) -> Result<Option<MessagePage>, StoreError> {
        let state = self.read();
        let slice = state.threads.get(&query.conversation).map(|thread| thread.slice(query));
        Ok(slice.map(|slice| state.page(slice)))
    }

    async fn message(
        &self,
        conversation: &ConversationId,
        id: &MessageId,
    ) -> Result<Option<AuthoredMessage>, StoreError> {
        Ok(self.read().message(conversation, id))
    }

    async fn thread_version(
        &self,
        conversation: &ConversationId,
    ) -> Result<Option<ThreadVersion>, StoreError> {
        let state = self.read();
        let additions = state.threads.get(conversation).map_or(0, Thread::last);
        Ok(Some(ThreadVersion { edition: state.erasures, additions }))
    }

    fn people_version(&self, _people: &[AuthorId]) -> Option<u64> {
        Some(self.read().profile_changes)
    }
}
