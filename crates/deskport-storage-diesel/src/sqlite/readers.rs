//! Read connections, used on the thread that asks.
//!
//! All that is read for one answer is read in one transaction: it is of one moment, and SQLite takes its
//! locks, for which threads wait for each other, once instead of for each statement.

use std::sync::{Mutex, MutexGuard, PoisonError};

use diesel::RunQueryDsl as _;

use super::{
    Connection, OpenError, SqliteOptions, Task, connect, finish,
    transaction::{Begin, Commit},
};
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
        Begin.execute(&mut connection)?;
        let outcome = finish(task.run(&mut connection));
        // Where the transaction does not end, the connection does.
        if Commit.execute(&mut connection).is_ok() {
            let mut idle = self.idle();
            if idle.len() < self.options.read_connections {
                idle.push(connection);
            }
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

#[cfg(test)]
mod tests {
    use diesel::{QueryDsl as _, RunQueryDsl, dsl::sql, sql_query, sql_types::BigInt};
    use tempfile::TempDir;

    use super::*;
    use crate::schema::bookmarks;

    /// Counts bookmarks, sets another one on another connection, and counts again.
    struct CountTwice<'a>(&'a SqliteOptions, &'a str);

    /// Begins to read, and fails.
    struct Fail;

    fn count(connection: &mut Connection) -> Result<i64, Failure> {
        Ok(bookmarks::table.count().get_result(connection)?)
    }

    impl Task for CountTwice<'_> {
        type Output = [i64; 2];

        async fn run(&self, connection: &mut Connection) -> Result<[i64; 2], Failure> {
            let before = count(connection)?;
            let (mut writer, _) = connect::writer(self.0).unwrap();
            let insert = format!("INSERT INTO bookmarks (name, position) VALUES ('{}', 1)", self.1);
            sql_query(insert).execute(&mut writer).unwrap();
            Ok([before, count(connection)?])
        }
    }

    impl Task for Fail {
        type Output = i64;

        async fn run(&self, connection: &mut Connection) -> Result<i64, Failure> {
            count(connection)?;
            Ok(diesel::select(sql::<BigInt>("abs(-9223372036854775808)")).get_result(connection)?)
        }
    }

    #[test]
    fn what_is_read_for_one_answer_is_of_one_moment() {
        let directory = TempDir::new().unwrap();
        let options = SqliteOptions::new(directory.path().join("deskport.db"));
        connect::writer(&options).unwrap();
        let readers = Readers::open(options.clone()).unwrap();

        let first = readers.read(&CountTwice(&options, "one")).unwrap();
        assert_eq!(first[0], first[1]);
        readers.read(&Fail).unwrap_err();
        let second = readers.read(&CountTwice(&options, "two")).unwrap();
        assert_eq!(second, [first[0] + 1; 2]);
        assert_eq!(readers.idle().len(), 1);
    }
}
