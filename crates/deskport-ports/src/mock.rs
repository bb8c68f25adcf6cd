//! A mock of a whole store, for tests that inject a failure or forbid a call.

use async_trait::async_trait;
use deskport_domain::{Agent, AgentId, ConversationDetails, ConversationId, EndUser, Timestamp, UserId};

use crate::{
    AgentRepository, ChangeSet, Client, ClientRepository, CommitError, Committed, ConversationRepository,
    Digest, FirstStart, Maintenance, MessagePage, MessageQuery, MessageRepository, StoreError, Token,
    TokenRepository, UnitOfWork, UserRepository,
};

mockall::mock! {
    /// A [`Store`](crate::Store) that does what a test says, and fails the test on any other call.
    #[derive(Debug)]
    pub Store {}

    #[async_trait]
    impl UserRepository for Store {
        async fn user(&self, id: &UserId) -> Result<Option<EndUser>, StoreError>;
    }

    #[async_trait]
    impl AgentRepository for Store {
        async fn agent(&self, id: &AgentId) -> Result<Option<Agent>, StoreError>;
        async fn agents(&self) -> Result<Vec<Agent>, StoreError>;
    }

    #[async_trait]
    impl ConversationRepository for Store {
        async fn conversation(&self, id: &ConversationId) -> Result<Option<ConversationDetails>, StoreError>;
    }

    #[async_trait]
    impl MessageRepository for Store {
        async fn messages(&self, query: &MessageQuery) -> Result<Option<MessagePage>, StoreError>;
    }

    #[async_trait]
    impl UnitOfWork for Store {
        async fn commit(&self, changes: ChangeSet) -> Result<Committed, CommitError>;
    }

    #[async_trait]
    impl TokenRepository for Store {
        async fn token(&self, digest: &Digest) -> Result<Option<Token>, StoreError>;
        async fn tokens(&self, now: Timestamp) -> Result<Vec<Token>, StoreError>;
        async fn add_token(&self, token: &Token) -> Result<(), StoreError>;
        async fn revoke_token(&self, id: &str, at: Timestamp) -> Result<bool, StoreError>;
    }

    #[async_trait]
    impl ClientRepository for Store {
        async fn client(&self, id: &str) -> Result<Option<Client>, StoreError>;
        async fn clients(&self) -> Result<Vec<Client>, StoreError>;
        async fn add_client(&self, client: &Client) -> Result<(), StoreError>;
        async fn revoke_client(&self, id: &str, at: Timestamp) -> Result<bool, StoreError>;
    }

    #[async_trait]
    impl Maintenance for Store {
        async fn first_start(&self, start: &FirstStart) -> Result<bool, StoreError>;
        async fn check(&self) -> Result<(), StoreError>;
    }
}
