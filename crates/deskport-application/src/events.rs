//! What happened, for those who follow.

use deskport_domain::Timestamp;
use deskport_ports::{LogBounds, LoggedEvent, StoreError};
use tracing::info;

use crate::World;

/// Use cases about the event log.
#[derive(Debug, Clone)]
pub struct Events(World);

impl Events {
    pub(crate) fn new(world: World) -> Self {
        Self(world)
    }

    /// The events after the position `after`, at most `limit`, in the log's order.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn after(&self, after: u64, limit: u32) -> Result<Vec<LoggedEvent>, StoreError> {
        self.0.store.events(after, limit).await
    }

    /// How far the log reaches.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn bounds(&self) -> Result<LogBounds, StoreError> {
        self.0.store.log_bounds().await
    }

    /// Forgets events that are older than `retention_ms`; tells how many.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn forget_older_than(&self, retention_ms: i64) -> Result<u64, StoreError> {
        let before: Timestamp = self.0.clock.now().plus_millis(-retention_ms);
        let mut forgotten = 0;
        loop {
            match self.0.store.forget_events(before).await? {
                0 => break,
                some => forgotten += some,
            }
        }
        if forgotten > 0 {
            info!(forgotten, "Forgot old events");
        }
        Ok(forgotten)
    }
}
