//! Forgetting a person.

use async_trait::async_trait;
use deskport_domain::{Timestamp, UserId};

use crate::StoreError;

/// What was removed along with an end user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ErasureReceipt {
    /// The person's conversations.
    pub conversations: u64,
    /// The messages in them, and the person's messages in conversations of others.
    pub messages: u64,
}

/// Asks to remove an end user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// 128 bits that no other change has; the event is named by them.
    pub id: u128,
    /// Who goes.
    pub user: UserId,
    /// The moment.
    pub at: Timestamp,
}

/// Removing people.
#[async_trait]
pub trait Eraser: Send + Sync {
    /// Removes an end user with everything that belongs to the person: profile, conversations with
    /// all their messages and notifications, and messages in conversations of others. Appends one
    /// [`UserDeleted`](deskport_domain::EventKind::UserDeleted) event. All or nothing; `None` if
    /// nobody has this id.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn erase(&self, erasure: &Erasure) -> Result<Option<ErasureReceipt>, StoreError>;
}
