//! Defects of what Fin and the desk are told.

use async_trait::async_trait;
use deskport_domain::Origin;
use deskport_ports::{
    Attempt, ChangeSet, Claim, CommitError, Committed, Delivery, EventLog, LoggedEvent, Outbox, Settlement,
    StoreError, UnitOfWork,
};
use deskport_storage_memory::MemoryStore;

use crate::wrapper::Defect;

/// Tells Fin of what Fin did.
#[derive(Debug)]
pub(crate) struct Echoes;

#[async_trait]
impl Defect for Echoes {
    async fn commit(&self, sound: &MemoryStore, changes: ChangeSet) -> Result<Committed, CommitError> {
        sound.commit(ChangeSet { origin: Origin::Desk, ..changes }).await
    }
}

/// Hands out the same notification to everybody who asks.
#[derive(Debug)]
pub(crate) struct ClaimsWithoutLease;

#[async_trait]
impl Defect for ClaimsWithoutLease {
    async fn claim(&self, sound: &MemoryStore, claim: &Claim) -> Result<Vec<Delivery>, StoreError> {
        sound.claim(&Claim { until: claim.now, ..claim.clone() }).await
    }
}

/// Takes every failure for a success.
#[derive(Debug)]
pub(crate) struct ForgetsFailures;

#[async_trait]
impl Defect for ForgetsFailures {
    async fn settle(
        &self,
        sound: &MemoryStore,
        delivery: &Delivery,
        attempt: &Attempt,
        how: Settlement,
    ) -> Result<bool, StoreError> {
        let how = match how {
            Settlement::Retry(at) => Settlement::Delivered(at),
            other => other,
        };
        sound.settle(delivery, attempt, how).await
    }
}

/// Takes a change that came while sending for one that was sent.
#[derive(Debug)]
pub(crate) struct TellsTooMuch;

#[async_trait]
impl Defect for TellsTooMuch {
    async fn settle(
        &self,
        sound: &MemoryStore,
        delivery: &Delivery,
        attempt: &Attempt,
        how: Settlement,
    ) -> Result<bool, StoreError> {
        let settled = sound.settle(delivery, attempt, how).await?;
        for rest in sound
            .claim(&Claim { now: attempt.at.plus_millis(5), until: attempt.at, lease: 0, limit: 9 })
            .await?
        {
            sound.settle(&rest, attempt, how).await?;
        }
        Ok(settled)
    }
}

/// Shows the last event again to whoever goes on.
#[derive(Debug)]
pub(crate) struct RepeatsTheLastEvent;

#[async_trait]
impl Defect for RepeatsTheLastEvent {
    async fn events(
        &self,
        sound: &MemoryStore,
        after: u64,
        limit: u32,
    ) -> Result<Vec<LoggedEvent>, StoreError> {
        sound.events(after.saturating_sub(1), limit).await
    }
}
