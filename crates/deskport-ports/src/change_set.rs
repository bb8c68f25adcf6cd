//! What the application writes: a value that is stored whole or not at all.

use async_trait::async_trait;
use deskport_domain::{
    Agent, AgentId, AgentUpdate, AuthoredMessage, Conversation, ConversationDetails, ConversationId,
    ConversationUpdate, EndUser, Message, Origin, Timestamp, UserId, UserUpdate,
};

use crate::StoreError;

/// What to store together. Its parts are applied in the order of the fields, so that a later part
/// may refer to what an earlier one creates.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeSet {
    /// 128 bits that no other change set has; its events are named by them.
    pub id: u128,
    /// Who makes the change.
    pub origin: Origin,
    /// The moment of the change.
    pub at: Timestamp,
    /// What happens to an agent.
    pub agent: Option<AgentChange>,
    /// What happens to an end user.
    pub user: Option<UserChange>,
    /// What happens to a conversation.
    pub conversation: Option<ConversationChange>,
    /// A message to post.
    pub message: Option<Message>,
}

/// What happens to an agent.
#[derive(Debug, Clone, PartialEq)]
pub enum AgentChange {
    /// Store it, if its id is new.
    Create(Agent),
    /// Change it; it must exist.
    Update(AgentId, AgentUpdate),
    /// Change it, or make it out of the update.
    Upsert(AgentId, AgentUpdate),
}

/// What happens to an end user.
#[derive(Debug, Clone, PartialEq)]
pub enum UserChange {
    /// Store the user, if the id is new.
    Create(EndUser),
    /// Change the user, who must exist.
    Update(UserId, UserUpdate),
    /// Change the user, or make one out of the update.
    Upsert(UserId, UserUpdate),
}

/// What happens to a conversation.
#[derive(Debug, Clone, PartialEq)]
pub enum ConversationChange {
    /// Store it, if its id is new. Its user and assignee must exist.
    Create(Conversation),
    /// Change it; it and the new assignee must exist.
    Update(ConversationId, ConversationUpdate),
}

/// What a commit left in the store: for each part of the change set what is stored now.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Committed {
    /// The agent.
    pub agent: Option<Stored<Agent>>,
    /// The end user.
    pub user: Option<Stored<EndUser>>,
    /// The conversation, after everything in the change set.
    pub conversation: Option<Stored<ConversationDetails>>,
    /// The message, with its author.
    pub message: Option<Stored<AuthoredMessage>>,
}

/// What is stored now, and what the commit did to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored<T> {
    /// What is stored.
    pub value: T,
    /// What happened to it.
    pub effect: Effect,
}

/// What a commit did to one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It is new.
    Created,
    /// It has changed.
    Updated,
    /// It was there already, and stays as it was: a repeat, or an update that says nothing new. A
    /// conversation that only got a message in the same commit counts as unchanged.
    Unchanged,
}

/// Why nothing was committed.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// The change set refers to something that is not stored.
    #[error("{0} is not stored")]
    Missing(Missing),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a change set referred to, by its role there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missing {
    /// The agent to update.
    Agent,
    /// The end user to update.
    User,
    /// The conversation to update.
    Conversation,
    /// The end user of the conversation to create.
    ConversationUser,
    /// The agent who is to look after the conversation.
    Assignee,
    /// The conversation of the message.
    MessageConversation,
    /// The author of the message.
    Author,
}

/// The way in for every change.
#[async_trait]
pub trait UnitOfWork: Send + Sync {
    /// Stores all of `changes`, or nothing. Durable when this returns.
    ///
    /// * Creating what is there already leaves it as it is ([`Effect::Unchanged`]) and answers what
    ///   is stored, also under concurrent repeats: exactly one of them sees [`Effect::Created`].
    /// * Updates are applied to the stored object by the domain's own `apply`, one after the other:
    ///   none is lost under concurrency.
    /// * A message gets the next sequence number of its conversation **in commit order**: once a
    ///   reader has seen a message, no other ever appears before it. It touches the conversation
    ///   ([`Conversation::touch`] at `changes.at`). A repeated message (same conversation, same id)
    ///   changes nothing.
    /// * References are checked within the same transaction, also those of a repeat.
    /// * The consequences of the change ([`Consequences::of`](crate::Consequences::of)) are stored in the same transaction:
    ///   its events are appended to the [`EventLog`](crate::EventLog), and the conversations of which
    ///   Fin must be told become due in the [`Outbox`](crate::Outbox).
    ///
    /// # Errors
    /// [`CommitError::Missing`] when a reference leads nowhere (the first, in the order of the
    /// fields); [`CommitError::Store`] when the store fails, and then the outcome may be unknown
    /// when the database was lost during the commit: a repeat is safe for objects with derived ids.
    async fn commit(&self, changes: ChangeSet) -> Result<Committed, CommitError>;
}

impl AgentChange {
    /// The agent to whom it happens.
    pub fn id(&self) -> &AgentId {
        match self {
            Self::Create(agent) => &agent.id,
            Self::Update(id, _) | Self::Upsert(id, _) => id,
        }
    }
}

impl UserChange {
    /// The end user to whom it happens.
    pub fn id(&self) -> &UserId {
        match self {
            Self::Create(user) => &user.id,
            Self::Update(id, _) | Self::Upsert(id, _) => id,
        }
    }
}

impl ChangeSet {
    /// Nothing to store yet: `origin` makes a change at the moment `at`, known by `id`.
    pub fn new(id: u128, origin: Origin, at: Timestamp) -> Self {
        Self { id, origin, at, agent: None, user: None, conversation: None, message: None }
    }

    /// The same with something that happens to an agent.
    #[must_use]
    pub fn with_agent(self, agent: AgentChange) -> Self {
        Self { agent: Some(agent), ..self }
    }

    /// The same with something that happens to an end user.
    #[must_use]
    pub fn with_user(self, user: UserChange) -> Self {
        Self { user: Some(user), ..self }
    }

    /// The same with something that happens to a conversation.
    #[must_use]
    pub fn with_conversation(self, conversation: ConversationChange) -> Self {
        Self { conversation: Some(conversation), ..self }
    }

    /// The same with a message to post.
    #[must_use]
    pub fn with_message(self, message: Message) -> Self {
        Self { message: Some(message), ..self }
    }
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Agent => "the agent",
            Self::User => "the end user",
            Self::Conversation | Self::MessageConversation => "the conversation",
            Self::ConversationUser => "the conversation's end user",
            Self::Assignee => "the assignee",
            Self::Author => "the author",
        })
    }
}
