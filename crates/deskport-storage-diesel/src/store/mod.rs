//! The queries, compiled once for each backend. The parent module says what a `Connection` is, how
//! `run!` runs a query on it, and how a `Database` gives one to a [`Task`].

mod agents;
mod conversations;
mod credentials;
pub(super) mod erase;
#[cfg(test)]
pub(super) mod hot;
mod inbox;
mod log;
mod maintenance;
pub(super) mod messages;
pub(super) mod outbox;
mod search;
mod unit_of_work;
mod users;

use std::{fmt, future::Future, sync::Arc};

use deskport_ports::{Effect, Stored};

pub(super) use self::search::{Document, MessagePlace};
use super::{Backend, Connection, Database, RunQueryDsl, event_log, full_text, page, thread};
use crate::{changes::Changes, error::Failure};

/// A store on a database. Clones are handles of the same store; the last one closes it.
#[derive(Clone)]
pub struct Store {
    database: Arc<Database>,
}

/// A piece of work on one connection, such as the answer to one query. What it writes is within
/// one transaction. It may be run again from the start.
pub(crate) trait Task: Send + Sync {
    type Output: Send;

    fn run(&self, connection: &mut Connection) -> impl Future<Output = Result<Self::Output, Failure>> + Send;

    /// Counts what this changed. Called after the commit, before anybody is told of it, where
    /// nobody else makes changes.
    fn count(&self, _changes: &Changes) {}
}

impl Store {
    pub(super) fn new(database: Database) -> Self {
        Self { database: Arc::new(database) }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("database", &self.database).finish()
    }
}

fn created<T>(value: T) -> Stored<T> {
    Stored { value, effect: Effect::Created }
}

fn unchanged<T>(value: T) -> Stored<T> {
    Stored { value, effect: Effect::Unchanged }
}

fn updated_if<T>(changed: bool, value: T) -> Stored<T> {
    if changed { Stored { value, effect: Effect::Updated } } else { unchanged(value) }
}
