//! Reading conversations.

use async_trait::async_trait;
use deskport_domain::{ConversationDetails, ConversationId};

use crate::StoreError;

/// Conversations.
#[async_trait]
pub trait ConversationRepository: Send + Sync {
    /// The conversation with this id, with its end user and its assignee as they are now.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn conversation(&self, id: &ConversationId) -> Result<Option<ConversationDetails>, StoreError>;
}
