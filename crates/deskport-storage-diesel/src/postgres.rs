//! PostgreSQL: a pool of connections for transactions, which are tried again when others are in
//! their way; and some more that everybody shares, for posts and for what is found by its key.

mod connect;
mod connection;
mod event_log;
mod full_text;
mod line;
mod loader;
mod options;
mod page;
mod people;
mod posts;
mod repeats;
mod retry;
#[cfg(test)]
mod tests;
mod thread;
mod versions;

use std::{sync::Arc, time::Instant};

use deskport_domain::{AuthorId, ConversationId};
use deskport_ports::{BoxError, ChangeSet, Committed, StoreError, ThreadVersion};
use diesel::pg::Pg as Backend;
use diesel_async::{
    AnsiTransactionManager, AsyncPgConnection, RunQueryDsl, TransactionManager as _,
    pooled_connection::deadpool::{Object, Pool},
};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};

use self::{
    connect::Connector,
    connection::Connection,
    line::Lines,
    loader::{Found, Loader},
    posts::{Outcome, Posts},
    repeats::{Posted, Repeats},
    retry::Retry,
    store::Task,
    versions::Versions,
};
pub use self::{options::PostgresOptions, store::Store as PostgresStore};
use crate::{
    OpenError,
    changes::Changes,
    error::{Failure, Trouble, is_lost},
    row::key::Key,
};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// How many connections are shared for look-ups.
const LINES: usize = 4;

/// Runs a query. The twin in `sqlite.rs` has nothing to await.
macro_rules! run {
    ($query:expr) => {
        $query.await
    };
}

/// A query whose rows stay as they are until the transaction ends.
macro_rules! locked {
    ($query:expr) => {
        $query.for_update()
    };
}

/// Begins to see all transactions as if they ran one after the other; of two that cannot have, one
/// fails and is tried again.
macro_rules! one_after_the_other {
    ($connection:expr) => {
        run!(diesel::sql_query("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE").execute($connection))?;
    };
}

/// The rows of a table by some keys, of those that there are, in one round trip.
macro_rules! rows_by_key {
    ($table:ident, $row:ty, $keys:expr, $connection:expr) => {{
        let query = $table::table.filter($table::id.eq_any($keys)).select(<$row>::as_select());
        query.load::<$row>($connection).await?
    }};
}

#[path = "store/mod.rs"]
#[cfg_attr(feature = "sqlite", expect(clippy::duplicate_mod, reason = "one source for two backends"))]
mod store;

/// Brings the schema of a database up to date; returns the migrations that this call applied.
/// [`PostgresStore::open`] does this by itself.
///
/// # Errors
/// [`OpenError`] that says what is in the way.
pub async fn migrate_postgres(options: &PostgresOptions) -> Result<Vec<String>, OpenError> {
    connect::migrate(options).await
}

impl PostgresStore {
    /// Connects to a database, and brings its schema up to date.
    ///
    /// # Errors
    /// [`OpenError`] that says what is in the way.
    pub async fn open(options: PostgresOptions) -> Result<Self, OpenError> {
        connect::migrate(&options).await?;
        let connector = Arc::new(Connector::new(options));
        let pool = connector.pool()?;
        connect::warn_of_risks(&pool).await?;
        Ok(Self::new(Database {
            pool,
            lines: Lines::new(&connector, LINES),
            posts: Posts::start(&connector),
            repeats: Loader::start(&connector),
            versions: Loader::start(&connector),
            changes: Changes::none_yet(),
            connector,
        }))
    }
}

fn known_migrations() -> Result<Vec<String>, BoxError> {
    crate::migrate::versions::<diesel::pg::Pg>(&MIGRATIONS)
}

/// A database server, through connections.
pub(crate) struct Database {
    pool: Pool<AsyncPgConnection>,
    lines: Lines,
    posts: Posts,
    repeats: Loader<Repeats>,
    versions: Loader<Versions>,
    /// Of people, through this server.
    changes: Changes,
    connector: Arc<Connector>,
}

/// Counts what a task changes when its transaction has ended, however it ended.
struct Counted<'a, T: Task>(&'a T, &'a Changes);

impl<T: Task> Drop for Counted<'_, T> {
    fn drop(&mut self) {
        self.0.count(self.1);
    }
}

impl Database {
    /// Stores what a use case wants to store; durable when this returns.
    async fn commit(&self, changes: ChangeSet) -> Result<Committed, Failure> {
        match self.posts.store(changes).await? {
            Outcome::Stored(committed) => Ok(*committed),
            Outcome::Alone(changes) => match self.repeated(&changes).await? {
                Some(committed) => Ok(committed),
                None => self.write(*changes).await,
            },
        }
    }

    /// What a repeated post finds in the store. Any other change finds nothing.
    async fn repeated(&self, changes: &ChangeSet) -> Result<Option<Committed>, Failure> {
        let Some(post) = Posted::of(changes) else { return Ok(None) };
        match self.repeats.find(post).await? {
            Found::Known(message) => Ok(message.map(repeats::unchanged)),
            Found::Unknown => Ok(None),
        }
    }

    /// Runs work that reads little, and that by its key. It shares a connection.
    async fn look_up<T: Task>(&self, task: &T) -> Result<T::Output, Failure> {
        let mut retry = Retry::default();
        loop {
            let line = self.lines.next();
            let connection = line.connection().await?;
            match task.run(&mut Connection::Shared(Arc::clone(&connection))).await {
                Ok(output) => return Ok(output),
                Err(failure) => {
                    line.note(&failure, &connection);
                    retry.after(failure).await?;
                }
            }
        }
    }

    /// Runs work that only reads.
    async fn read<T: Task>(&self, task: &T) -> Result<T::Output, Failure> {
        let mut retry = Retry::default();
        loop {
            let connection = self.connection().await?;
            match task.run(&mut Connection::Own(Box::new(connection))).await {
                Ok(output) => return Ok(output),
                Err(failure) => retry.after(failure).await?,
            }
        }
    }

    /// Runs work that writes, in a transaction of its own; durable when this returns.
    async fn write<T: Task>(&self, task: T) -> Result<T::Output, Failure> {
        let mut retry = Retry::default();
        loop {
            match self.transaction(&task).await {
                Ok(output) => return Ok(output),
                Err(failure) => retry.after(failure).await?,
            }
        }
    }

    /// The same. The twin does it in another way where neither conversations, nor messages, nor
    /// people change.
    async fn write_beside<T: Task>(&self, task: T) -> Result<T::Output, Failure> {
        self.write(task).await
    }

    async fn transaction<T: Task>(&self, task: &T) -> Result<T::Output, Failure> {
        let _counted = Counted(task, &self.changes);
        let mut connection = self.connection().await?;
        AnsiTransactionManager::begin_transaction(&mut *connection).await?;
        let mut connection = Connection::Own(Box::new(connection));
        let outcome = task.run(&mut connection).await;
        let Connection::Own(mut connection) = connection else { return outcome };
        match outcome {
            Ok(output) => {
                let committed = AnsiTransactionManager::commit_transaction(&mut **connection).await;
                committed.map_err(commit_failure)?;
                Ok(output)
            }
            Err(failure) => {
                // A connection that cannot even roll back is found broken when it comes back to the
                // pool, and is closed there.
                if let Err(error) = AnsiTransactionManager::rollback_transaction(&mut **connection).await {
                    tracing::debug!(%error, "Could not roll back");
                }
                Err(failure)
            }
        }
    }

    /// What was removed disappears from the files when the server vacuums, as it does by itself.
    #[expect(clippy::unused_async, reason = "the twin awaits on SQLite")]
    async fn remove_traces(&self) {}

    /// The version of a conversation's messages, as the database says. `None` if there is no such
    /// conversation, or if it cannot be told now.
    async fn thread_version(&self, conversation: &ConversationId) -> Result<Option<ThreadVersion>, Failure> {
        match self.versions.find(conversation.key()).await? {
            Found::Known(version) => Ok(version),
            Found::Unknown => Ok(None),
        }
    }

    /// The version of profiles, as far as this server changed them. What others change shows late.
    #[expect(clippy::unnecessary_wraps, reason = "the twin does not always tell")]
    fn people_version(&self, people: &[AuthorId]) -> Option<u64> {
        Some(self.changes.people(people, Instant::now()))
    }

    async fn connection(&self) -> Result<Object<AsyncPgConnection>, Failure> {
        if self.pool.status().waiting >= self.connector.options.queue {
            return Err(StoreError::Overloaded.into());
        }
        match tokio::time::timeout(self.connector.options.wait_timeout, self.pool.get()).await {
            Ok(outcome) => outcome.map_err(Failure::unavailable),
            Err(elapsed) => Err(Failure::unavailable(elapsed)),
        }
    }
}

/// When the connection is lost during the commit, nobody knows whether it happened. To do the work
/// again could undo what others did since, so whoever asked must decide.
fn commit_failure(error: diesel::result::Error) -> Failure {
    if is_lost(&error) {
        return Failure::unavailable(Trouble::Told(format!("lost during the commit: {error}")));
    }
    Failure::Database(error)
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("options", &self.connector.options).finish_non_exhaustive()
    }
}
