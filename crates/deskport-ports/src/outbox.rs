//! What Fin must still be told: one row per conversation, never more.

use async_trait::async_trait;
use deskport_domain::{ConversationId, Text, Timestamp};

use crate::StoreError;

/// Asks for notifications to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The present moment.
    pub now: Timestamp,
    /// Until when nobody else gets them. Who has not settled by then has lost them.
    pub until: Timestamp,
    /// 128 bits that name this claim and no other.
    pub lease: u128,
    /// The most to hand out.
    pub limit: u32,
}

/// A notification to send now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The conversation to tell of.
    pub conversation: ConversationId,
    /// Which state of the conversation is told: the count of changes until the claim.
    pub version: u64,
    /// The claim that this belongs to.
    pub lease: u128,
    /// Failed attempts since the last success.
    pub attempts: u32,
    /// Since when Fin has not been told.
    pub due_since: Timestamp,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// When it began.
    pub at: Timestamp,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
    /// The answer's status code, if there was an answer.
    pub status: Option<u16>,
    /// What went wrong, in short; nothing if nothing did.
    pub error: Option<Text>,
}

/// What becomes of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// Fin knows. If the conversation changed meanwhile, it is due again at this moment.
    Delivered(Timestamp),
    /// Try again at this moment.
    Retry(Timestamp),
    /// Nobody tries again until an operator says so.
    Parked,
}

/// Where a conversation's notification stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryState {
    /// The conversation.
    pub conversation: ConversationId,
    /// Pending, parked or done.
    pub standing: Standing,
    /// Since when Fin has not been told; nothing if it has.
    pub due_since: Option<Timestamp>,
    /// When the next attempt is due, while it is pending.
    pub next_attempt_at: Option<Timestamp>,
    /// Failed attempts since the last success.
    pub attempts: u32,
    /// The latest attempts, newest first, at most [`KEPT_ATTEMPTS`].
    pub latest: Vec<Attempt>,
}

/// How many attempts are kept per conversation.
pub const KEPT_ATTEMPTS: usize = 10;

/// Where a notification stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Fin has yet to be told.
    Pending,
    /// Fin has yet to be told, and nobody tries.
    Parked,
    /// Fin knows.
    Delivered,
}

/// What to send again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redelivery {
    /// Everything that waits or is parked.
    All,
    /// One conversation's, also if Fin knows already.
    Of(ConversationId),
}

/// The outbox. [`UnitOfWork::commit`](crate::UnitOfWork::commit) fills it.
///
/// A conversation that becomes due while it is pending stays one pending notification, and keeps
/// its next attempt's moment. One that becomes due while it is parked stays parked. One that becomes
/// due while it is being sent leads to exactly one more notification.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Hands out pending notifications that are due, longest due first. Nobody else gets them before
    /// `claim.until`, on any instance.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn claim(&self, claim: &Claim) -> Result<Vec<Delivery>, StoreError>;

    /// Notes how a delivery went. `false` if its lease was lost, and then nothing is noted but the
    /// attempt.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn settle(
        &self,
        delivery: &Delivery,
        attempt: &Attempt,
        how: Settlement,
    ) -> Result<bool, StoreError>;

    /// The notifications of one standing, longest due first (delivered ones: latest first), at most
    /// `limit`.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn deliveries(&self, standing: Standing, limit: u32) -> Result<Vec<DeliveryState>, StoreError>;

    /// Where the notification of one conversation stands; `None` if there never was one.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn delivery(&self, conversation: &ConversationId) -> Result<Option<DeliveryState>, StoreError>;

    /// Makes parked and waiting notifications due at the moment `now`, and tells how
    /// many there are.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn redeliver(&self, which: &Redelivery, now: Timestamp) -> Result<u64, StoreError>;
}
