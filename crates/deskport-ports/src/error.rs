//! What can go wrong in a store, told by what the caller can do about it.

use std::error::Error;

/// Any error, as the source of another.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// A store could not do its work. Nothing was written, unless the database was lost in the middle of
/// a commit (see [`UnitOfWork::commit`](crate::UnitOfWork::commit)).
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached or did not answer in time: the same call may work later.
    #[error("the store is unavailable")]
    Unavailable(#[source] BoxError),
    /// More work waits than may wait: the same call may work in a moment.
    #[error("the store is overloaded")]
    Overloaded,
    /// What is stored makes no sense to this version: a person must look.
    #[error("stored data is corrupt: {what}")]
    Corrupt {
        /// Which data, such as `conversations.status`; no content.
        what: &'static str,
        /// Why it makes no sense.
        #[source]
        source: BoxError,
    },
    /// Anything else that the database refused.
    #[error("the store failed")]
    Backend(#[source] BoxError),
}

impl StoreError {
    /// Wraps a driver's error for which nothing better is known.
    pub fn backend(source: impl Into<BoxError>) -> Self {
        Self::Backend(source.into())
    }

    /// Wraps a driver's error that says that the database cannot be reached.
    pub fn unavailable(source: impl Into<BoxError>) -> Self {
        Self::Unavailable(source.into())
    }

    /// Reports stored data that cannot be read.
    pub fn corrupt(what: &'static str, source: impl Into<BoxError>) -> Self {
        Self::Corrupt { what, source: source.into() }
    }
}
