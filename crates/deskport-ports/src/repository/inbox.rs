//! Reading what the desk's people look at: lists over many conversations, and search.

use async_trait::async_trait;
use deskport_domain::{
    AgentId, ConversationDetails, ConversationId, EndUser, Status, Text, Timestamp, UserId,
};

use super::{MessagePage, Notes};
use crate::StoreError;

/// Which conversations to list. A filter that is absent lets everything through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationQuery {
    /// Only those with this status.
    pub status: Option<Status>,
    /// Only those of this assignment.
    pub assignment: Option<Assignment>,
    /// Only those of this end user.
    pub user: Option<UserId>,
    /// Only those with this tag.
    pub tag: Option<Text>,
    /// Only those that changed or got a message at this moment or later.
    pub updated_since: Option<Timestamp>,
    /// Only those after this one in the list's order.
    pub after: Option<ConversationCursor>,
    /// The most to return, at least 1.
    pub limit: u32,
}

/// Who looks after a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assignment {
    /// Nobody.
    Nobody,
    /// Nobody, and a person must take over.
    Waiting,
    /// This agent.
    Agent(AgentId),
}

/// A place in a list of conversations: the last one that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationCursor {
    /// Its latest activity when it was seen.
    pub updated_at: Timestamp,
    /// Its id.
    pub id: ConversationId,
}

/// Which end users to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserQuery {
    /// Only those after this one.
    pub after: Option<UserId>,
    /// The most to return, at least 1.
    pub limit: u32,
}

/// Which messages of a conversation to read, from the newest backwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierMessages {
    /// The conversation.
    pub conversation: ConversationId,
    /// Only those before this sequence number; from the newest on, if there is none.
    pub before: Option<u64>,
    /// Which private messages to read.
    pub notes: Notes,
    /// The most to return, at least 1.
    pub limit: u32,
}

/// What to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    /// Words, all of which must occur, in any order, whatever their case. The last one may be the
    /// beginning of a word.
    pub words: Vec<Text>,
    /// The most conversations to return, at least 1.
    pub limit: u32,
}

/// What the desk's people look at. These reads go over many conversations: each is bounded.
#[async_trait]
pub trait Inbox: Send + Sync {
    /// Conversations by their latest activity, newest first; ties in an order of the store's that
    /// never changes.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn conversations(&self, query: &ConversationQuery) -> Result<Vec<ConversationDetails>, StoreError>;

    /// End users in an order of the store's that depends on their ids only.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn users(&self, query: &UserQuery) -> Result<Vec<EndUser>, StoreError>;

    /// The messages before a place in a conversation, oldest first; `next` is where to go on
    /// backwards ([`Position::Sequence`](crate::Position::Sequence)). `None` if there is no such
    /// conversation.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn earlier_messages(&self, query: &EarlierMessages) -> Result<Option<MessagePage>, StoreError>;

    /// Conversations whose title, user's name or e-mail address, or any one message's text holds all
    /// of the words; latest activity first.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn search(&self, query: &SearchQuery) -> Result<Vec<ConversationDetails>, StoreError>;

    /// Does some of the work that the next search would do first; tells how many events it dealt
    /// with. Call again until it is 0. Search sees every commit before it, also without this.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn prepare_search(&self) -> Result<u64, StoreError>;
}
