//! What the desk and Fin's notifications need of a store, behind the same defect.

use async_trait::async_trait;
use deskport_domain::{ConversationDetails, ConversationId, EndUser, Timestamp};
use deskport_ports::{
    Attempt, Claim, ConversationQuery, Delivery, DeliveryState, EarlierMessages, Eraser, Erasure,
    ErasureReceipt, EventLog, Inbox, Lease, LogBounds, LoggedEvent, MessagePage, Outbox, Redelivery,
    SearchQuery, Settlement, Standing, StoreError, UserQuery,
};

use super::{Broken, Defect};

#[async_trait]
impl<D: Defect> Inbox for Broken<D> {
    async fn conversations(&self, query: &ConversationQuery) -> Result<Vec<ConversationDetails>, StoreError> {
        self.sound.conversations(query).await
    }

    async fn users(&self, query: &UserQuery) -> Result<Vec<EndUser>, StoreError> {
        self.sound.users(query).await
    }

    async fn earlier_messages(&self, query: &EarlierMessages) -> Result<Option<MessagePage>, StoreError> {
        self.sound.earlier_messages(query).await
    }

    async fn search(&self, query: &SearchQuery) -> Result<Vec<ConversationDetails>, StoreError> {
        self.sound.search(query).await
    }

    async fn prepare_search(&self) -> Result<u64, StoreError> {
        self.sound.prepare_search().await
    }
}

#[async_trait]
impl<D: Defect> EventLog for Broken<D> {
    async fn events(&self, after: u64, limit: u32) -> Result<Vec<LoggedEvent>, StoreError> {
        self.defect.events(&self.sound, after, limit).await
    }

    async fn log_bounds(&self) -> Result<LogBounds, StoreError> {
        self.sound.log_bounds().await
    }

    async fn forget_events(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.sound.forget_events(before).await
    }

    async fn bookmark(&self, name: &str) -> Result<u64, StoreError> {
        self.sound.bookmark(name).await
    }

    async fn set_bookmark(&self, name: &str, position: u64) -> Result<(), StoreError> {
        self.sound.set_bookmark(name, position).await
    }

    async fn lead(&self, lease: &Lease) -> Result<bool, StoreError> {
        self.sound.lead(lease).await
    }
}

#[async_trait]
impl<D: Defect> Outbox for Broken<D> {
    async fn claim(&self, claim: &Claim) -> Result<Vec<Delivery>, StoreError> {
        self.defect.claim(&self.sound, claim).await
    }

    async fn settle(
        &self,
        delivery: &Delivery,
        attempt: &Attempt,
        how: Settlement,
    ) -> Result<bool, StoreError> {
        self.defect.settle(&self.sound, delivery, attempt, how).await
    }

    async fn deliveries(&self, standing: Standing, limit: u32) -> Result<Vec<DeliveryState>, StoreError> {
        self.sound.deliveries(standing, limit).await
    }

    async fn delivery(&self, conversation: &ConversationId) -> Result<Option<DeliveryState>, StoreError> {
        self.sound.delivery(conversation).await
    }

    async fn redeliver(&self, which: &Redelivery, now: Timestamp) -> Result<u64, StoreError> {
        self.sound.redeliver(which, now).await
    }
}

#[async_trait]
impl<D: Defect> Eraser for Broken<D> {
    async fn erase(&self, erasure: &Erasure) -> Result<Option<ErasureReceipt>, StoreError> {
        self.sound.erase(erasure).await
    }
}
