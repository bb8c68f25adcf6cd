//! What happens to conversations.

mod create;

use deskport_domain::{ConversationDetails, ConversationId, GivenUser, UpdateConversation, UserId};
use deskport_ports::{
    CommitError, ConversationChange, ConversationQuery, Missing, SearchQuery, StoreError, Stored, UserChange,
};
use tracing::debug;

pub use self::create::{CreateConversationError, CreatedConversation};
use crate::{World, owed};

/// Use cases about conversations.
#[derive(Debug, Clone)]
pub struct Conversations(World);

/// Why there is no conversation to answer.
#[derive(Debug, thiserror::Error)]
pub enum LoadConversationError {
    /// There is no such conversation.
    #[error("there is no conversation with this id")]
    Unknown,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a conversation was not changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateConversationError {
    /// There is no such conversation.
    #[error("there is no conversation with this id")]
    UnknownConversation,
    /// There is no such agent.
    #[error("there is no agent with this id")]
    UnknownAssignee,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Conversations {
    pub(crate) fn new(world: World) -> Self {
        Self(world)
    }

    /// The conversation with this id.
    ///
    /// # Errors
    /// [`LoadConversationError`] when there is none, or the store fails.
    pub async fn load(&self, id: &ConversationId) -> Result<ConversationDetails, LoadConversationError> {
        self.0.store.conversation(id).await?.ok_or(LoadConversationError::Unknown)
    }

    /// Changes a conversation, and the end user along with it, together or not at all.
    ///
    /// # Errors
    /// [`UpdateConversationError`] when the conversation or the new assignee is unknown, or the
    /// store fails.
    pub async fn update(
        &self,
        command: UpdateConversation,
    ) -> Result<ConversationDetails, UpdateConversationError> {
        let UpdateConversation { conversation, update, user } = command;
        let mut changes = self.0.change();
        if let Some(GivenUser { id, update: profile }) = user {
            let id = match id {
                Some(id) => id,
                None => self.user_of(&conversation).await?,
            };
            changes = changes.with_user(UserChange::Upsert(id, profile));
        }
        let changes = changes.with_conversation(ConversationChange::Update(conversation, update));
        let Stored { value: details, effect } = owed(self.0.store.commit(changes).await?.conversation)?;
        debug!(conversation.id = %details.conversation.id, ?effect, "Updated a conversation");
        Ok(details)
    }

    /// Conversations by their latest activity, newest first.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn list(&self, query: &ConversationQuery) -> Result<Vec<ConversationDetails>, StoreError> {
        self.0.store.conversations(query).await
    }

    /// Conversations in which all of the words occur, latest activity first.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn search(&self, query: &SearchQuery) -> Result<Vec<ConversationDetails>, StoreError> {
        self.0.store.search(query).await
    }

    async fn user_of(&self, id: &ConversationId) -> Result<UserId, UpdateConversationError> {
        let details = self.0.store.conversation(id).await?;
        details.map(|details| details.user.id).ok_or(UpdateConversationError::UnknownConversation)
    }
}

impl From<CommitError> for UpdateConversationError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Missing(Missing::Assignee) => Self::UnknownAssignee,
            CommitError::Missing(_) => Self::UnknownConversation,
            CommitError::Store(error) => Self::Store(error),
        }
    }
}
