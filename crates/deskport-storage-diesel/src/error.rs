//! Errors, and the one place where a driver's error becomes a store's.

use deskport_ports::{BoxError, CommitError, Missing, StoreError};
use diesel::result::{DatabaseErrorKind, Error as DatabaseError};

/// Why a store could not be opened, or its schema not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The directory of the database file is not there and cannot be created.
    #[error("cannot create the directory of the database file")]
    Directory(#[source] std::io::Error),
    /// The path of the database file is not UTF-8.
    #[error("the path of the database file is not UTF-8")]
    Path,
    /// The database cannot be opened or reached.
    #[error("cannot connect to the database")]
    Connect(#[source] BoxError),
    /// The connection cannot be set up, or the writer not be started.
    #[error("cannot prepare the database for use")]
    Prepare(#[source] BoxError),
    /// A migration failed; those before it are applied.
    #[error("cannot bring the schema up to date")]
    Migrate(#[source] BoxError),
    /// A newer version was here: its schema may mean what this version does not understand.
    #[error("the database has migration {migration}, which this version does not know; use a newer version")]
    Newer {
        /// The unknown migration.
        migration: String,
    },
}

/// Why a piece of work on a connection stopped.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A change set refers to something that is not stored. Nothing was written yet.
    Missing(Missing),
    /// Somebody else stored the same at the same moment: the work must begin anew to see it.
    Raced,
    /// The database refused a statement.
    Database(DatabaseError),
    /// Anything for which the caller's error is clear already.
    Store(StoreError),
}

/// What befell a piece of work, where no driver says it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    #[error("others kept storing the same at the same moment")]
    Raced,
    #[error("a conversation holds 16,777,215 messages at most")]
    Full,
    #[error("a reference leads nowhere: {0}")]
    Missing(Missing),
    #[error("{0}")]
    Told(String),
}

impl Failure {
    /// The database cannot be reached, for the reason given.
    pub(crate) fn unavailable(reason: impl Into<BoxError>) -> Self {
        Self::Store(StoreError::unavailable(reason))
    }
}

impl From<DatabaseError> for Failure {
    fn from(error: DatabaseError) -> Self {
        Self::Database(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Missing> for Failure {
    fn from(missing: Missing) -> Self {
        Self::Missing(missing)
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Store(error) => error,
            Failure::Raced => Self::unavailable(Trouble::Raced),
            Failure::Missing(missing) => Self::backend(Trouble::Missing(missing)),
            Failure::Database(error) if is_passing(&error) => Self::unavailable(error),
            Failure::Database(error) => Self::backend(error),
        }
    }
}

impl From<Failure> for CommitError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Missing(missing) => Self::Missing(missing),
            other => Self::Store(other.into()),
        }
    }
}

/// Whether the connection to the database is gone.
pub(crate) fn is_lost(error: &DatabaseError) -> bool {
    match error {
        DatabaseError::BrokenTransactionManager => true,
        DatabaseError::DatabaseError(kind, told) => {
            matches!(kind, DatabaseErrorKind::UnableToSendCommand | DatabaseErrorKind::ClosedConnection)
                || told.message().starts_with("terminating connection")
        }
        _ => false,
    }
}

/// Whether the same work may succeed when it is done again at once: others were in its way.
pub(crate) fn is_contention(error: &DatabaseError) -> bool {
    match error {
        DatabaseError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        DatabaseError::DatabaseError(_, told) => told.message() == "deadlock detected",
        _ => false,
    }
}

/// Whether the same work may succeed later. Diesel hides the database's own codes, so that this
/// has to read messages; one that it does not know, or in another language, means "no".
fn is_passing(error: &DatabaseError) -> bool {
    const PASSING: [&str; 12] = [
        // SQLite
        "database is locked",
        "database or disk is full",
        "disk I/O error",
        "unable to open database file",
        "attempt to write a readonly database",
        // PostgreSQL
        "canceling statement due to",
        "the database system is",
        "sorry, too many clients already",
        "remaining connection slots are reserved",
        "could not extend file",
        "out of shared memory",
        "idle-in-transaction timeout",
    ];
    let told = match error {
        DatabaseError::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _) => return true,
        DatabaseError::DatabaseError(_, told) => told.message(),
        _ => "",
    };
    is_lost(error) || is_contention(error) || PASSING.iter().any(|start| told.starts_with(start))
}
