//! SQLite: one writer thread, read connections used inline, and no thread hop for a read.

mod checkpointer;
mod company;
mod connect;
#[expect(clippy::unused_async, reason = "the twin awaits on PostgreSQL")]
mod event_log;
#[expect(clippy::unused_async, reason = "the twin awaits on PostgreSQL")]
mod full_text;
mod memory;
mod options;
mod page;
mod posts;
mod readers;
mod statement;
#[cfg(test)]
mod tests;
#[expect(clippy::unused_async, reason = "the twin awaits on PostgreSQL")]
mod thread;
mod transaction;
mod writer;

use std::{
    future::Future,
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Waker},
    time::Instant,
};

use deskport_domain::{AuthorId, ConversationId};
use deskport_ports::{BoxError, ChangeSet, Committed, ThreadVersion};
use diesel::{RunQueryDsl, SqliteConnection as Connection, sqlite::Sqlite as Backend};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};

use self::{
    checkpointer::Checkpointer,
    company::Company,
    readers::Readers,
    store::Task,
    writer::{Beside, Work, Writer},
};
pub use self::{options::SqliteOptions, store::Store as SqliteStore};
use crate::{OpenError, changes::Changes, error::Failure, migrate, row::post::PostRow};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

/// Runs a query. SQLite's driver blocks; the twin in `postgres.rs` awaits.
macro_rules! run {
    ($query:expr) => {
        $query
    };
}

/// A query whose rows stay as they are until the transaction ends. The only writer needs no lock.
macro_rules! locked {
    ($query:expr) => {
        $query
    };
}

/// Begins to see all transactions as if they ran one after the other. The only writer always does.
macro_rules! one_after_the_other {
    ($connection:expr) => {};
}

/// The rows of a table by some keys, of those that there are: one statement for each key, which
/// stays prepared.
macro_rules! rows_by_key {
    ($table:ident, $row:ty, $keys:expr, $connection:expr) => {{
        let mut rows = Vec::with_capacity($keys.len());
        for key in $keys {
            let query = $table::table.find(key).select(<$row>::as_select());
            rows.extend(diesel::OptionalExtension::optional(query.get_result::<$row>($connection))?);
        }
        rows
    }};
}

#[path = "store/mod.rs"]
#[expect(clippy::unused_async, reason = "the same source awaits on PostgreSQL")]
mod store;

/// Brings the schema of a database file up to date; returns the migrations that this call applied.
/// Creates the file if there is none. [`SqliteStore::open`] does this by itself.
///
/// # Errors
/// [`OpenError`] that says what is in the way.
pub async fn migrate_sqlite(options: &SqliteOptions) -> Result<Vec<String>, OpenError> {
    let options = options.clone();
    blocking(move || connect::writer(&options).map(|(_, applied)| applied)).await
}

impl SqliteStore {
    /// Opens a database file, and brings its schema up to date. Creates the file and its directory
    /// if they are not there.
    ///
    /// # Errors
    /// [`OpenError`] that says what is in the way.
    pub async fn open(options: SqliteOptions) -> Result<Self, OpenError> {
        let database = blocking(move || Database::open(options)).await?;
        Ok(Self::new(database))
    }
}

fn known_migrations() -> Result<Vec<String>, BoxError> {
    migrate::versions::<diesel::sqlite::Sqlite>(&MIGRATIONS)
}

/// An open database file.
#[derive(Debug)]
pub(crate) struct Database {
    readers: Readers,
    writer: Writer,
    checkpointer: Checkpointer,
    changes: Arc<Changes>,
    company: Option<Company>,
}

impl Database {
    fn open(options: SqliteOptions) -> Result<Self, OpenError> {
        let company = options.serves.then(|| Company::join(&options.path)).transpose()?;
        let (connection, _) = connect::writer(&options)?;
        let changes = Arc::new(Changes::none_yet());
        let checkpointer = Checkpointer::start(&options)?;
        let writer = Writer::start(connection, options.queue, Arc::clone(&changes), checkpointer.nudge())?;
        Ok(Self { readers: Readers::open(options)?, writer, checkpointer, changes, company })
    }

    /// Stores what a use case wants to store; durable when this returns.
    async fn commit(&self, changes: ChangeSet) -> Result<Committed, Failure> {
        match PostRow::plain(changes) {
            Ok(post) => {
                let post = Arc::new(post);
                let outcome = self.write(Arc::clone(&post)).await?;
                Ok(posts::committed(post, outcome))
            }
            Err(changes) => self.write(*changes).await,
        }
    }

    /// Runs work that reads little. The twin does so in another way than other reading.
    async fn look_up<T: Task>(&self, task: &T) -> Result<T::Output, Failure> {
        self.read(task).await
    }

    /// Runs work that only reads, on this thread. Whoever reads in a loop lets others run, too.
    async fn read<T: Task>(&self, task: &T) -> Result<T::Output, Failure> {
        tokio::task::coop::consume_budget().await;
        self.readers.read(task)
    }

    /// Runs work that writes, on the writer's thread; durable when this returns.
    async fn write<W: Work + 'static>(&self, work: W) -> Result<W::Output, Failure> {
        self.writer.write(work).await
    }

    /// The same for what changes neither conversations, nor messages, nor people: the writer goes on
    /// remembering them.
    async fn write_beside<T: Task + 'static>(&self, task: T) -> Result<T::Output, Failure> {
        self.write(Beside(task)).await
    }

    #[expect(clippy::unused_async, reason = "the twin awaits on PostgreSQL")]
    async fn thread_version(&self, conversation: &ConversationId) -> Result<Option<ThreadVersion>, Failure> {
        Ok(self.all_changes(Instant::now()).map(|changes| changes.thread(conversation)))
    }

    fn people_version(&self, people: &[AuthorId]) -> Option<u64> {
        let now = Instant::now();
        self.all_changes(now).map(|changes| changes.people(people, now))
    }

    /// All that changes, where nobody else makes changes.
    fn all_changes(&self, now: Instant) -> Option<&Changes> {
        self.company.as_ref().filter(|company| company.is_alone(now)).map(|_| &*self.changes)
    }

    /// Empties the write-ahead log, in which pages are as they were before. If somebody is in the
    /// way, the log is overwritten later.
    async fn remove_traces(&self) {
        if let Err(failure) = self.checkpointer.empty_log().await {
            tracing::warn!(?failure, "Could not empty the write-ahead log after an erasure");
        }
    }
}

/// The output of a future that never waits, as everything in `store` is here.
fn finish<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, OpenError> + Send + 'static,
) -> Result<T, OpenError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(stopped) => Err(OpenError::Prepare(stopped.into())),
    }
}
