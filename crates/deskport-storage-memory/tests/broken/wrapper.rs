//! A memory store with a defect.

mod desk;

use async_trait::async_trait;
use deskport_domain::{
    Agent, AgentId, AuthoredMessage, ConversationDetails, ConversationId, EndUser, MessageId, Timestamp,
    UserId,
};
use deskport_ports::{
    AgentRepository, Attempt, ChangeSet, Claim, Client, ClientRepository, CommitError, Committed,
    ConversationRepository, Delivery, Digest, EventLog, FirstStart, LoggedEvent, Maintenance, MessagePage,
    MessageQuery, MessageRepository, Outbox, Settlement, StoreError, Token, TokenRepository, UnitOfWork,
    UserRepository,
};
use deskport_storage_memory::MemoryStore;

/// A sound store that a defect stands in front of.
#[derive(Debug)]
pub(crate) struct Broken<D> {
    sound: MemoryStore,
    defect: D,
}

/// What goes wrong: each method that a defect does not write itself does what the sound store does.
#[async_trait]
pub(crate) trait Defect: Send + Sync {
    async fn commit(&self, sound: &MemoryStore, changes: ChangeSet) -> Result<Committed, CommitError> {
        sound.commit(changes).await
    }

    async fn user(&self, sound: &MemoryStore, id: &UserId) -> Result<Option<EndUser>, StoreError> {
        sound.user(id).await
    }

    async fn agents(&self, sound: &MemoryStore) -> Result<Vec<Agent>, StoreError> {
        sound.agents().await
    }

    async fn conversation(
        &self,
        sound: &MemoryStore,
        id: &ConversationId,
    ) -> Result<Option<ConversationDetails>, StoreError> {
        sound.conversation(id).await
    }

    async fn messages(
        &self,
        sound: &MemoryStore,
        query: &MessageQuery,
    ) -> Result<Option<MessagePage>, StoreError> {
        sound.messages(query).await
    }

    async fn token(&self, sound: &MemoryStore, digest: &Digest) -> Result<Option<Token>, StoreError> {
        sound.token(digest).await
    }

    async fn add_token(&self, sound: &MemoryStore, token: &Token) -> Result<(), StoreError> {
        sound.add_token(token).await
    }

    async fn revoke_token(&self, sound: &MemoryStore, id: &str, at: Timestamp) -> Result<bool, StoreError> {
        sound.revoke_token(id, at).await
    }

    async fn revoke_client(&self, sound: &MemoryStore, id: &str, at: Timestamp) -> Result<bool, StoreError> {
        sound.revoke_client(id, at).await
    }

    async fn first_start(&self, sound: &MemoryStore, start: &FirstStart) -> Result<bool, StoreError> {
        sound.first_start(start).await
    }

    async fn events(
        &self,
        sound: &MemoryStore,
        after: u64,
        limit: u32,
    ) -> Result<Vec<LoggedEvent>, StoreError> {
        sound.events(after, limit).await
    }

    async fn claim(&self, sound: &MemoryStore, claim: &Claim) -> Result<Vec<Delivery>, StoreError> {
        sound.claim(claim).await
    }

    async fn settle(
        &self,
        sound: &MemoryStore,
        delivery: &Delivery,
        attempt: &Attempt,
        how: Settlement,
    ) -> Result<bool, StoreError> {
        sound.settle(delivery, attempt, how).await
    }
}

/// No defect.
#[derive(Debug)]
pub(crate) struct NoDefect;

impl Defect for NoDefect {}

impl<D> Broken<D> {
    /// An empty store with this defect.
    pub(crate) fn by(defect: D) -> Self {
        Self { sound: MemoryStore::default(), defect }
    }
}

#[async_trait]
impl<D: Defect> UnitOfWork for Broken<D> {
    async fn commit(&self, changes: ChangeSet) -> Result<Committed, CommitError> {
        self.defect.commit(&self.sound, changes).await
    }
}

#[async_trait]
impl<D: Defect> UserRepository for Broken<D> {
    async fn user(&self, id: &UserId) -> Result<Option<EndUser>, StoreError> {
        self.defect.user(&self.sound, id).await
    }
}

#[async_trait]
impl<D: Defect> AgentRepository for Broken<D> {
    async fn agent(&self, id: &AgentId) -> Result<Option<Agent>, StoreError> {
        self.sound.agent(id).await
    }

    async fn agents(&self) -> Result<Vec<Agent>, StoreError> {
        self.defect.agents(&self.sound).await
    }
}

#[async_trait]
impl<D: Defect> ConversationRepository for Broken<D> {
    async fn conversation(&self, id: &ConversationId) -> Result<Option<ConversationDetails>, StoreError> {
        self.defect.conversation(&self.sound, id).await
    }
}

#[async_trait]
impl<D: Defect> MessageRepository for Broken<D> {
    async fn messages(&self, query: &MessageQuery) -> Result<Option<MessagePage>, StoreError> {
        self.defect.messages(&self.sound, query).await
    }

    async fn message(
        &self,
        conversation: &ConversationId,
        id: &MessageId,
    ) -> Result<Option<AuthoredMessage>, StoreError> {
        self.sound.message(conversation, id).await
    }
}

#[async_trait]
impl<D: Defect> TokenRepository for Broken<D> {
    async fn token(&self, digest: &Digest) -> Result<Option<Token>, StoreError> {
        self.defect.token(&self.sound, digest).await
    }

    async fn tokens(&self, now: Timestamp) -> Result<Vec<Token>, StoreError> {
        self.sound.tokens(now).await
    }

    async fn add_token(&self, token: &Token) -> Result<(), StoreError> {
        self.defect.add_token(&self.sound, token).await
    }

    async fn revoke_token(&self, id: &str, at: Timestamp) -> Result<bool, StoreError> {
        self.defect.revoke_token(&self.sound, id, at).await
    }
}

#[async_trait]
impl<D: Defect> ClientRepository for Broken<D> {
    async fn client(&self, id: &str) -> Result<Option<Client>, StoreError> {
        self.sound.client(id).await
    }

    async fn clients(&self) -> Result<Vec<Client>, StoreError> {
        self.sound.clients().await
    }

    async fn add_client(&self, client: &Client) -> Result<(), StoreError> {
        self.sound.add_client(client).await
    }

    async fn revoke_client(&self, id: &str, at: Timestamp) -> Result<bool, StoreError> {
        self.defect.revoke_client(&self.sound, id, at).await
    }
}

#[async_trait]
impl<D: Defect> Maintenance for Broken<D> {
    async fn first_start(&self, start: &FirstStart) -> Result<bool, StoreError> {
        self.defect.first_start(&self.sound, start).await
    }

    async fn check(&self) -> Result<(), StoreError> {
        self.sound.check().await
    }
}
