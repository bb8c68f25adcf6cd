//! Reading the messages of a conversation, page by page.

use async_trait::async_trait;
use deskport_domain::{AgentId, Author, AuthorId, AuthoredMessage, ConversationId, Message, MessageId};

use crate::StoreError;

/// Which messages of a conversation to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageQuery {
    /// The conversation.
    pub conversation: ConversationId,
    /// Where to begin.
    pub after: Position,
    /// Which private messages to read.
    pub notes: Notes,
    /// The most messages to return, at least 1.
    pub limit: u32,
}

/// A place in a conversation's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Position {
    /// Before the first message.
    Start,
    /// Right after this message; before the first if the conversation has no such message.
    Message(MessageId),
    /// Right after this sequence number.
    Sequence(u64),
}

/// Which private messages to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notes {
    /// All of them.
    All,
    /// Only those that this agent wrote.
    By(AgentId),
}

/// A message with its place in the order of its conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SequencedMessage {
    /// Greater than that of every message that was committed before, in this conversation.
    pub sequence: u64,
    /// The message.
    pub message: Message,
}

/// Some messages of a conversation, oldest first, and those who wrote them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MessagePage {
    /// The messages in commit order.
    pub messages: Vec<SequencedMessage>,
    /// Each author of these messages once, as they are now, in no particular order.
    pub authors: Vec<Author>,
    /// Where the next page begins, if there may be more messages; a page may be short, or even empty,
    /// and still have a next one.
    pub next: Option<Position>,
}

/// What a cache of a conversation's messages goes by. It says nothing about whether there is such a
/// conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThreadVersion {
    /// Other than before whenever messages may have disappeared or changed.
    pub edition: u64,
    /// Other than before whenever messages may have been added.
    pub additions: u64,
}

/// Messages.
#[async_trait]
pub trait MessageRepository: Send + Sync {
    /// A page of a conversation's messages in commit order, at most `query.limit`; `None` if there
    /// is no such conversation. Pages read one after the other by `next` hold each message once,
    /// and a message that a reader has not seen never comes before one that it has seen. Costs what
    /// the page costs, not what the conversation would.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn messages(&self, query: &MessageQuery) -> Result<Option<MessagePage>, StoreError>;

    /// One message of a conversation, with its author as it is now.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn message(
        &self,
        conversation: &ConversationId,
        id: &MessageId,
    ) -> Result<Option<AuthoredMessage>, StoreError>;

    /// The version of a conversation's messages, by which a cache in front of this store sees
    /// whether it is still right: a version that was asked for **before** the messages were read is
    /// other than a later one if a change that was acknowledged in between shows in them. `None` from
    /// a store that cannot tell cheaply: nothing of it is cached.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn thread_version(
        &self,
        _conversation: &ConversationId,
    ) -> Result<Option<ThreadVersion>, StoreError> {
        Ok(None)
    }

    /// The same for the profiles of `people`; of all that there are if the list is empty. A change
    /// that another process made may show some seconds late.
    fn people_version(&self, _people: &[AuthorId]) -> Option<u64> {
        None
    }
}

impl MessagePage {
    /// The author of one of the page's messages.
    pub fn author(&self, id: &AuthorId) -> Option<&Author> {
        self.authors.iter().find(|author| match (author, id) {
            (Author::EndUser(user), AuthorId::EndUser(id)) => user.id == *id,
            (Author::Agent(agent), AuthorId::Agent(id)) => agent.id == *id,
            _ => false,
        })
    }
}
