//! Reading end users.

use async_trait::async_trait;
use deskport_domain::{EndUser, UserId};

use crate::StoreError;

/// End users.
#[async_trait]
pub trait UserRepository: Send + Sync {
    /// The end user with this id.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn user(&self, id: &UserId) -> Result<Option<EndUser>, StoreError>;
}
