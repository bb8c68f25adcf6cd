//! Telling the desk: hands the event log on, in its order, to the desk's own system.
//!
//! One round at a time and no loop: when to come again is told by the outcome.

use std::sync::Arc;

use deskport_domain::Timestamp;
use deskport_ports::{Clock, EventTransport, IdSource, Lease, LoggedEvent, Settlement, Store, StoreError};
use tracing::{debug, warn};

use crate::notifier::after_failure;

/// The bookmark's and the lead's name.
const NAME: &str = "desk webhook";
/// How long an instance leads, in milliseconds: longer than one attempt takes.
const LEASE_MS: i64 = 60_000;
/// The most events of one round.
const ROUND: u32 = 100;

/// Use cases about webhooks to the desk.
#[derive(Clone)]
pub struct Forwarder {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    transport: Arc<dyn EventTransport>,
    instance: u128,
}

/// How a round went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forwarded {
    /// Another instance does it.
    NotLeading,
    /// So many events were dealt with; 0 means that there is nothing new.
    Events(u32),
    /// The other side did not take an event: come again at this moment.
    RetryAt(Timestamp),
}

impl Forwarder {
    /// Hands the events of `store` to `transport`.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        transport: Arc<dyn EventTransport>,
    ) -> Self {
        let instance = ids.uuid();
        Self { store, clock, ids, transport, instance }
    }

    /// Sends what is new, at most a hundred events, each after the one before was taken. `failures`
    /// is how often the first of them has failed so far. An event that was not taken for 24 hours, or
    /// that the other side refuses for good, is left out with a warning.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails; what was not noted is sent again.
    pub async fn forward(&self, mut failures: u32) -> Result<Forwarded, StoreError> {
        // Mostly there is nothing new, and then nobody need write that he leads.
        if self.unsent().await?.is_empty() {
            return Ok(Forwarded::Events(0));
        }
        if !self.lead().await? {
            return Ok(Forwarded::NotLeading);
        }
        // Whoever led before may have sent some of them meanwhile.
        let events = self.unsent().await?;
        let mut dealt_with = 0;
        for logged in &events {
            if let Some(at) = self.send(logged, failures).await {
                return Ok(if dealt_with == 0 {
                    Forwarded::RetryAt(at)
                } else {
                    Forwarded::Events(dealt_with)
                });
            }
            self.store.set_bookmark(NAME, logged.position).await?;
            (failures, dealt_with) = (0, dealt_with + 1);
            if !self.lead().await? {
                break;
            }
        }
        Ok(Forwarded::Events(dealt_with))
    }

    async fn unsent(&self) -> Result<Vec<LoggedEvent>, StoreError> {
        self.store.events(self.store.bookmark(NAME).await?, ROUND).await
    }

    /// Takes or keeps the lead for a minute; tells whether this instance leads. Who waits longer than that
    /// until a moment to try again calls this meanwhile, so that no other instance tries sooner.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn lead(&self) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let until = now.plus_millis(LEASE_MS);
        self.store.lead(&Lease { work: NAME, holder: self.instance, now, until }).await
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Sends one event; tells when to try again, if it has to be tried again.
    async fn send(&self, logged: &LoggedEvent, failures: u32) -> Option<Timestamp> {
        let error = self.transport.send_event(logged).await.err()?;
        let event = &logged.event;
        match after_failure(&error, failures, event.at, self.clock.now(), self.ids.uuid()) {
            Settlement::Retry(at) => {
                debug!(event.id = %event.id, %error, "The desk did not take an event yet");
                Some(at)
            }
            Settlement::Parked | Settlement::Delivered(_) => {
                warn!(event.id = %event.id, event.kind = event.kind.name(), %error,
                    "The desk did not take an event; it is left out");
                None
            }
        }
    }
}

impl std::fmt::Debug for Forwarder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Forwarder").finish_non_exhaustive()
    }
}
