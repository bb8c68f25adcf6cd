//! Read connections, used on the thread that asks.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Connection, OpenError, SqliteOptions, Task, connect, finish};
use crate::error::Failure;

/// Read connections. Nobody waits for one: a thread that finds none opens one.
pub(super) struct Readers {
    options: SqliteOptions,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    /// Opens the first one, so that whatever is wrong shows now.
    pub(super) fn open(options: SqliteOptions) -> Result<Self, OpenError> {
        let first = connect::reader(&options)?;
        Ok(Self { options, idle: Mutex::new(vec![first]) })
    }

    /// Runs work that only reads.
    pub(super) fn read<T: Task>(&self, task: &T) -> Result<T::Output, Failure> {
        let idle = self.idle().pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => connect::reader(&self.options).map_err(Failure::unavailable)?,
        };
        let outcome = finish(task.run(&mut connection));
        let mut idle = self.idle();
        if idle.len() < self.options.read_connections {
            idle.push(connection);
        }
        outcome
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Readers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Readers").field("options", &self.options).finish_non_exhaustive()
    }
}
