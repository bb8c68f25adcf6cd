//! A mock of a whole store, for tests that inject a failure or forbid a call.

use async_trait::async_trait;
use deskport_domain::{
    Agent, AgentId, AuthorId, AuthoredMessage, ConversationDetails, ConversationId, EndUser, MessageId,
    Timestamp, UserId,
};

use crate::{
    AgentRepository, Attempt, ChangeSet, Claim, Client, ClientRepository, CommitError, Committed,
    ConversationQuery, ConversationRepository, Delivery, DeliveryState, Digest, EarlierMessages, Eraser,
    Erasure, ErasureReceipt, EventLog, FirstStart, Inbox, Lease, LogBounds, LoggedEvent, Maintenance,
    MessagePage, MessageQuery, MessageRepository, Outbox, Redelivery, SearchQuery, Settlement, Standing,
    StoreError, ThreadVersion, Token, TokenRepository, UnitOfWork, UserQuery, UserRepository,
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
        async fn message(&self, conversation: &ConversationId, id: &MessageId) -> Result<Option<AuthoredMessage>, StoreError>;
        async fn thread_version(&self, conversation: &ConversationId) -> Result<Option<ThreadVersion>, StoreError>;
        fn people_version(&self, people: &[AuthorId]) -> Option<u64>;
    }

    #[async_trait]
    impl UnitOfWork for Store {
        async fn commit(&self, changes: ChangeSet) -> Result<Committed, CommitError>;
    }

    #[async_trait]
    impl Inbox for Store {
        async fn conversations(&self, query: &ConversationQuery) -> Result<Vec<ConversationDetails>, StoreError>;
        async fn users(&self, query: &UserQuery) -> Result<Vec<EndUser>, StoreError>;
        async fn earlier_messages(&self, query: &EarlierMessages) -> Result<Option<MessagePage>, StoreError>;
        async fn search(&self, query: &SearchQuery) -> Result<Vec<ConversationDetails>, StoreError>;
        async fn prepare_search(&self) -> Result<u64, StoreError>;
    }

    #[async_trait]
    impl EventLog for Store {
        async fn events(&self, after: u64, limit: u32) -> Result<Vec<LoggedEvent>, StoreError>;
        async fn log_bounds(&self) -> Result<LogBounds, StoreError>;
        async fn forget_events(&self, before: Timestamp) -> Result<u64, StoreError>;
        async fn bookmark(&self, name: &str) -> Result<u64, StoreError>;
        async fn set_bookmark(&self, name: &str, position: u64) -> Result<(), StoreError>;
        async fn lead(&self, lease: &Lease) -> Result<bool, StoreError>;
    }

    #[async_trait]
    impl Outbox for Store {
        async fn claim(&self, claim: &Claim) -> Result<Vec<Delivery>, StoreError>;
        async fn settle(
            &self, delivery: &Delivery, attempt: &Attempt, how: Settlement,
        ) -> Result<bool, StoreError>;
        async fn deliveries(&self, standing: Standing, limit: u32) -> Result<Vec<DeliveryState>, StoreError>;
        async fn delivery(&self, conversation: &ConversationId) -> Result<Option<DeliveryState>, StoreError>;
        async fn redeliver(&self, which: &Redelivery, now: Timestamp) -> Result<u64, StoreError>;
    }

    #[async_trait]
    impl Eraser for Store {
        async fn erase(&self, erasure: &Erasure) -> Result<Option<ErasureReceipt>, StoreError>;
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
