//! Creating a conversation together with its first message, or neither.

use deskport_domain::{
    AuthoredMessage, Conversation, ConversationDetails, ConversationId, ConversationUser, CreateConversation,
    Message, MessageId,
};
use deskport_ports::{CommitError, ConversationChange, Missing, StoreError, Stored, UserChange};
use tracing::debug;

use super::Conversations;
use crate::{messages::note_repeat, owed};

/// A conversation and its first message, as they are stored.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatedConversation {
    /// The conversation.
    pub conversation: ConversationDetails,
    /// The first message.
    pub message: AuthoredMessage,
}

/// Why no conversation was created.
#[derive(Debug, thiserror::Error)]
pub enum CreateConversationError {
    /// There is no such end user.
    #[error("there is no end user with this id")]
    UnknownUser,
    /// There is no such author of the first message.
    #[error("there is no author with this id and user type")]
    UnknownAuthor,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Conversations {
    /// Creates a conversation with its first message; a repeat answers what is stored.
    ///
    /// # Errors
    /// [`CreateConversationError`] when the user or the author is unknown, or the store fails.
    pub async fn create(
        &self,
        command: CreateConversation,
    ) -> Result<CreatedConversation, CreateConversationError> {
        let mut changes = self.0.change();
        let at = changes.at;
        let (id, message_id) = self.ids_for(&command);
        let CreateConversation { user, title, attributes, first_message: first, .. } = command;

        let user = match user {
            ConversationUser::Known(id) => id,
            ConversationUser::Given(id, profile) => {
                changes = changes.with_user(UserChange::Upsert(id.clone(), profile));
                id
            }
        };
        let mut conversation = Conversation::begin(id.clone(), user, at);
        conversation.title = title;
        conversation.attributes.merge(&attributes);
        let message = Message {
            id: message_id,
            conversation: id,
            author: first.author,
            content: first.content,
            visibility: first.visibility,
            created_at: first.created_at.unwrap_or(at),
        };
        let sent = message.clone();
        let changes =
            changes.with_conversation(ConversationChange::Create(conversation)).with_message(message);
        let committed = self.0.store.commit(changes).await?;

        let Stored { value: conversation, effect } = owed(committed.conversation)?;
        debug!(conversation.id = %conversation.conversation.id, ?effect, "Created a conversation");
        let message = owed(committed.message)?;
        note_repeat(&message, &sent);
        Ok(CreatedConversation { conversation, message: message.value })
    }

    /// The ids of both objects. One `object_id`, of either, is enough to make a repeat find both.
    fn ids_for(&self, command: &CreateConversation) -> (ConversationId, MessageId) {
        let message_object = command.first_message.object_id.as_deref();
        let conversation = match (command.object_id.as_deref(), message_object) {
            (Some(object_id), _) => self.0.conversation_id(object_id),
            (None, Some(object_id)) => ConversationId::derived_from_first_message(object_id),
            (None, None) => ConversationId::from_uuid(self.0.ids.uuid()),
        };
        let message = message_object.map_or_else(
            || MessageId::first_of(&conversation),
            |object_id| self.0.message_id(&conversation, object_id),
        );
        (conversation, message)
    }
}

impl From<CommitError> for CreateConversationError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Missing(Missing::Author) => Self::UnknownAuthor,
            CommitError::Missing(_) => Self::UnknownUser,
            CommitError::Store(error) => Self::Store(error),
        }
    }
}
