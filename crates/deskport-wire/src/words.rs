//! The contract's words for where a conversation stands, who sees a message, and of which type it is.

use deskport_domain as domain;
use serde::{
    Deserialize, Serialize,
    de::{DeserializeOwned, value::StrDeserializer},
};

/// Where a conversation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Status {
    /// Live with the end user.
    Open,
    /// Solved by Fin.
    Resolved,
    /// Finished or archived.
    Closed,
    /// Ended by the end user or an agent.
    Ended,
}

/// Who may see a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Visibility {
    /// Everybody in the conversation.
    Public,
    /// Agents only.
    Private,
}

/// The type of a message; there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum MessageType {
    /// Something written.
    Comment,
}

/// What `word` stands for.
pub(crate) fn parse<T: DeserializeOwned>(word: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<serde::de::value::Error>::new(word)).ok()
}

impl From<domain::Status> for Status {
    fn from(status: domain::Status) -> Self {
        match status {
            domain::Status::Open => Self::Open,
            domain::Status::Resolved => Self::Resolved,
            domain::Status::Closed => Self::Closed,
            domain::Status::Ended => Self::Ended,
        }
    }
}

impl From<Status> for domain::Status {
    fn from(status: Status) -> Self {
        match status {
            Status::Open => Self::Open,
            Status::Resolved => Self::Resolved,
            Status::Closed => Self::Closed,
            Status::Ended => Self::Ended,
        }
    }
}

impl From<domain::Visibility> for Visibility {
    fn from(visibility: domain::Visibility) -> Self {
        match visibility {
            domain::Visibility::Public => Self::Public,
            domain::Visibility::Private => Self::Private,
        }
    }
}

impl From<Visibility> for domain::Visibility {
    fn from(visibility: Visibility) -> Self {
        match visibility {
            Visibility::Public => Self::Public,
            Visibility::Private => Self::Private,
        }
    }
}
