//! Who wrote a message.

use crate::{Agent, AgentId, EndUser, UserId};

/// A reference to an author, as messages carry it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuthorId {
    /// An end user.
    EndUser(UserId),
    /// An agent, Fin among them.
    Agent(AgentId),
}

/// An author written out, as answers need it (spec section 13, item 13).
#[derive(Debug, Clone, PartialEq)]
pub enum Author {
    /// An end user.
    EndUser(EndUser),
    /// An agent, Fin among them.
    Agent(Agent),
}

impl AuthorId {
    /// The id's text, without the kind.
    pub fn as_str(&self) -> &str {
        match self {
            Self::EndUser(id) => id.as_str(),
            Self::Agent(id) => id.as_str(),
        }
    }
}

impl Author {
    /// The reference to this author.
    ///
    /// ```
    /// use deskport_domain::{Author, AuthorId, EndUser, Timestamp, UserId};
    ///
    /// let id = UserId::derived("123456");
    /// let author = Author::EndUser(EndUser::unknown(id.clone(), Timestamp::EPOCH));
    /// assert_eq!(author.id(), AuthorId::EndUser(id));
    /// ```
    pub fn id(&self) -> AuthorId {
        match self {
            Self::EndUser(user) => AuthorId::EndUser(user.id.clone()),
            Self::Agent(agent) => AuthorId::Agent(agent.id.clone()),
        }
    }
}
