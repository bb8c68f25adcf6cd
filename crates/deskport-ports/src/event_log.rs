//! The log of everything that happened, for whoever wants to follow.

use async_trait::async_trait;
use deskport_domain::{Event, Timestamp};

use crate::StoreError;

/// An event with its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedEvent {
    /// Greater than that of every event that any reader has seen before.
    pub position: u64,
    /// The event.
    pub event: Event,
}

/// How far the log reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LogBounds {
    /// Events up to and including this position are gone.
    pub forgotten: u64,
    /// The position of the newest event that a reader may have seen; 0 if there never was one.
    pub newest: u64,
}

/// The event log. [`UnitOfWork::commit`](crate::UnitOfWork::commit) appends to it.
#[async_trait]
pub trait EventLog: Send + Sync {
    /// The events after the position `after`, at most `limit`, in the log's order, which is the same
    /// for every reader and over restarts. A reader that goes on after the last position it has seen
    /// sees every event that is not forgotten exactly once, however many instances write: no event
    /// ever appears before one that a reader has seen. Events of one change keep their order, and
    /// so do those of one conversation.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn events(&self, after: u64, limit: u32) -> Result<Vec<LoggedEvent>, StoreError>;

    /// How far the log reaches.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn log_bounds(&self) -> Result<LogBounds, StoreError>;

    /// Forgets events older than `before`, at most a few thousand a call and only from the log's
    /// beginning; tells how many. Call again until it is 0.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn forget_events(&self, before: Timestamp) -> Result<u64, StoreError>;

    /// How far the follower `name` has come, as it was last noted; 0 for a new one.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn bookmark(&self, name: &str) -> Result<u64, StoreError>;

    /// Notes that the follower `name` has dealt with everything up to `position`. Never goes back.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn set_bookmark(&self, name: &str, position: u64) -> Result<(), StoreError>;

    /// Takes or renews the lead in the work `lease.work`; tells whether the holder leads now. Of
    /// several instances at most one leads at a time; a dead one's lead ends at its `until`.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn lead(&self, lease: &Lease) -> Result<bool, StoreError>;
}

/// Asks for the lead in some work that one instance is enough for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The work's name.
    pub work: &'static str,
    /// 128 bits that name the instance.
    pub holder: u128,
    /// The present moment.
    pub now: Timestamp,
    /// Until when to lead.
    pub until: Timestamp,
}
