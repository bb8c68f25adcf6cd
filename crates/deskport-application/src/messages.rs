//! What happens to messages.

use deskport_domain::{AuthorId, AuthoredMessage, ConversationId, Message, MessageId, PostMessage};
use deskport_ports::{
    CommitError, EarlierMessages, Effect, MessagePage, MessageQuery, Missing, StoreError, Stored,
    ThreadVersion,
};
use tracing::{debug, warn};

use crate::{World, owed};

/// Use cases about messages.
#[derive(Debug, Clone)]
pub struct Messages(World);

/// Why no message was posted.
#[derive(Debug, thiserror::Error)]
pub enum PostMessageError {
    /// There is no such conversation.
    #[error("there is no conversation with this id")]
    UnknownConversation,
    /// There is no such author.
    #[error("there is no author with this id and user type")]
    UnknownAuthor,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why there are no messages to list.
#[derive(Debug, thiserror::Error)]
pub enum ListMessagesError {
    /// There is no such conversation.
    #[error("there is no conversation with this id")]
    UnknownConversation,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Messages {
    pub(crate) fn new(world: World) -> Self {
        Self(world)
    }

    /// Posts a message, whatever the conversation's status; a repeat answers the one that is stored.
    ///
    /// # Errors
    /// [`PostMessageError`] when the conversation or the author is unknown, or the store fails.
    pub async fn post(&self, command: PostMessage) -> Result<AuthoredMessage, PostMessageError> {
        let changes = self.0.change();
        let PostMessage { conversation, object_id, author, content, visibility, created_at } = command;
        let id = object_id.map_or_else(
            || MessageId::from_uuid(self.0.ids.uuid()),
            |object_id| self.0.message_id(&conversation, &object_id),
        );
        let created_at = created_at.unwrap_or(changes.at);
        let message = Message { id, conversation, author, content, visibility, created_at };
        let sent = message.clone();
        let committed = self.0.store.commit(changes.with_message(message)).await?;
        let stored = owed(committed.message)?;
        note_repeat(&stored, &sent);
        Ok(stored.value)
    }

    /// One message of a conversation; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn load(
        &self,
        conversation: &ConversationId,
        id: &MessageId,
    ) -> Result<Option<AuthoredMessage>, StoreError> {
        self.0.store.message(conversation, id).await
    }

    /// A page of a conversation's messages read backwards; within the page, oldest first.
    ///
    /// # Errors
    /// [`ListMessagesError`] when the conversation is unknown, or the store fails.
    pub async fn earlier(&self, query: &EarlierMessages) -> Result<MessagePage, ListMessagesError> {
        self.0.store.earlier_messages(query).await?.ok_or(ListMessagesError::UnknownConversation)
    }

    /// A page of a conversation's messages, in the order in which they were committed.
    ///
    /// # Errors
    /// [`ListMessagesError`] when the conversation is unknown, or the store fails.
    pub async fn page(&self, query: &MessageQuery) -> Result<MessagePage, ListMessagesError> {
        self.0.store.messages(query).await?.ok_or(ListMessagesError::UnknownConversation)
    }

    /// What a cache of a conversation's messages goes by; see
    /// [`MessageRepository::thread_version`](deskport_ports::MessageRepository::thread_version).
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn version(&self, conversation: &ConversationId) -> Result<Option<ThreadVersion>, StoreError> {
        self.0.store.thread_version(conversation).await
    }

    /// The same for the profiles of `people`, of everybody if there is nobody in the list.
    pub fn people_version(&self, people: &[AuthorId]) -> Option<u64> {
        self.0.store.people_version(people)
    }
}

/// Logs a message that was posted, and a repeat that says something else than the first time.
pub(crate) fn note_repeat(stored: &Stored<AuthoredMessage>, sent: &Message) {
    let Stored { value: AuthoredMessage { message, .. }, effect } = stored;
    let (id, conversation) = (&message.id, &message.conversation);
    debug!(message.id = %id, conversation.id = %conversation, ?effect, "Posted a message");
    let differs = message.content != sent.content || message.author != sent.author;
    if *effect == Effect::Unchanged && differs {
        warn!(message.id = %id, conversation.id = %conversation,
            "A repeated create differs from the stored message, which stays");
    }
}

impl From<CommitError> for PostMessageError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Missing(Missing::Author) => Self::UnknownAuthor,
            CommitError::Missing(_) => Self::UnknownConversation,
            CommitError::Store(error) => Self::Store(error),
        }
    }
}
