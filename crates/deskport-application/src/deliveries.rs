//! Where notifications to Fin stand, and sending them again.

use deskport_domain::ConversationId;
use deskport_ports::{DeliveryState, Redelivery, Standing, StoreError};

use crate::World;

/// Use cases about notifications, for those who operate a server.
#[derive(Debug, Clone)]
pub struct Deliveries(World);

impl Deliveries {
    pub(crate) fn new(world: World) -> Self {
        Self(world)
    }

    /// The notifications of one standing, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn list(&self, standing: Standing, limit: u32) -> Result<Vec<DeliveryState>, StoreError> {
        self.0.store.deliveries(standing, limit).await
    }

    /// Where the notification of one conversation stands; `None` if there never was one.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn of(&self, conversation: &ConversationId) -> Result<Option<DeliveryState>, StoreError> {
        self.0.store.delivery(conversation).await
    }

    /// Makes notifications due now, whoever sends them; tells how many.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn redeliver(&self, which: &Redelivery) -> Result<u64, StoreError> {
        self.0.store.redeliver(which, self.0.clock.now()).await
    }
}
