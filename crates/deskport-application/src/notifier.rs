//! Telling Fin: claims what is due, sends it, notes how it went.
//!
//! One attempt at a time and no loop: when to claim, and how many to send at once, is the binary's.

mod schedule;
mod typing;

use std::sync::Arc;

use deskport_domain::{ConversationId, Timestamp};
use deskport_ports::{
    Accepted, Attempt, Claim, Clock, Delivery, IdSource, Notification, Settlement, Store, StoreError,
    TransportError, WebhookTransport,
};
use tracing::{debug, warn};

pub(crate) use self::schedule::after_failure;
pub use self::typing::{HintError, TypingHints};

/// How long a claim holds, in milliseconds: longer than any attempt takes, and no longer, for this is how
/// long the work of a dead instance waits.
const LEASE_MS: i64 = 30_000;

/// Use cases about notifications to Fin.
#[derive(Clone)]
pub struct Notifier {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    transport: Arc<dyn WebhookTransport>,
}

impl Notifier {
    /// Notifies over `transport` what waits in `store`.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        transport: Arc<dyn WebhookTransport>,
    ) -> Self {
        Self { store, clock, ids, transport }
    }

    /// Takes at most `limit` notifications that are due; nobody else sends them for half a minute.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn claim(&self, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        self.claim_due(self.clock.now(), limit).await
    }

    /// Takes at most `limit` notifications that were due at the moment `by`, as [`claim`](Self::claim)
    /// does. Who goes on with the same moment until nothing is left sends of every conversation at most
    /// one, however often it changes meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn claim_due(&self, by: Timestamp, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        let until = self.clock.now().plus_millis(LEASE_MS);
        self.store.claim(&Claim { now: by, until, lease: self.ids.uuid(), limit }).await
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Sends a claimed notification once and notes how it went.
    ///
    /// # Errors
    /// [`StoreError`] when the outcome could not be noted; it is sent again when its claim ends.
    pub async fn deliver(&self, delivery: Delivery) -> Result<Settlement, StoreError> {
        let (attempt, outcome) = self.attempt(delivery.conversation.clone()).await;
        let now = self.clock.now();
        let how = match &outcome {
            Ok(_) => Settlement::Delivered(now),
            Err(error) => {
                let jitter = self.ids.uuid();
                after_failure(error, delivery.attempts, delivery.due_since, now, jitter)
            }
        };
        if how == Settlement::Parked {
            warn!(conversation.id = %delivery.conversation, delivery.attempts, attempt.status,
                advice = schedule::advice(attempt.status), "Parked a notification to Fin");
        }
        let held = self.store.settle(&delivery, &attempt, how).await?;
        debug!(conversation.id = %delivery.conversation, delivery.version, attempt.status, attempt.took_ms,
            ?how, held, "Notified Fin");
        Ok(how)
    }

    /// Sends a notification of one conversation now, whatever waits, and stores nothing.
    pub async fn test(&self, conversation: ConversationId) -> Attempt {
        self.attempt(conversation).await.0
    }

    async fn attempt(&self, conversation: ConversationId) -> (Attempt, Result<Accepted, TransportError>) {
        let at = self.clock.now();
        let outcome = self.transport.send(&Notification::Changed(conversation)).await;
        let took = self.clock.now().as_millis() - at.as_millis();
        let (status, error) = match &outcome {
            Ok(accepted) => (Some(accepted.status), None),
            Err(error @ TransportError::Refused { status, .. }) => (Some(*status), Some(error)),
            Err(error) => (None, Some(error)),
        };
        let error = error.map(|error| error.to_string().into());
        let took_ms = u32::try_from(took).unwrap_or_default();
        (Attempt { at, took_ms, status, error }, outcome)
    }
}

impl std::fmt::Debug for Notifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notifier").finish_non_exhaustive()
    }
}
