//! What a store needs from time to time, and one instance is enough for.

use deskport_ports::{Lease, StoreError};

use crate::World;

/// The lead's name.
const NAME: &str = "upkeep";
/// How long an instance leads, in milliseconds.
const LEASE_MS: i64 = 60_000;

/// Use cases about what nobody asks for and everybody needs.
#[derive(Debug, Clone)]
pub struct Upkeep(World);

impl Upkeep {
    pub(crate) fn new(world: World) -> Self {
        Self(world)
    }

    /// Takes or keeps the lead for a minute; tells whether this instance leads. `instance` is 128 bits
    /// that name it and no other.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn lead(&self, instance: u128) -> Result<bool, StoreError> {
        let now = self.0.clock.now();
        let until = now.plus_millis(LEASE_MS);
        self.0.store.lead(&Lease { work: NAME, holder: instance, now, until }).await
    }

    /// Does what the next search would have to do first; tells whether something is left to do.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn prepare_search(&self) -> Result<bool, StoreError> {
        Ok(self.0.store.prepare_search().await? > 0)
    }
}
