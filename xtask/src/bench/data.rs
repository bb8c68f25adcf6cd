//! The database of a server that is measured, and what is in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use super::server::{REST_SECONDS, Server};
use crate::failure::{Failure, Outcome};
use crate::{postgres, shell};

/// A new database, as durable as a server's own; PostgreSQL ends with this value.
#[derive(Debug)]
pub(super) enum Data {
    Sqlite(PathBuf),
    Postgres(postgres::Server),
}

impl Data {
    /// One of this kind: `sqlite`, in that directory, or `postgres`.
    pub(super) fn new(kind: &str, directory: &Path) -> Result<Self, Failure> {
        match kind {
            "sqlite" => Ok(Self::Sqlite(directory.join("deskport.db"))),
            "postgres" => postgres::Server::durable().map(Self::Postgres),
            _ => Err(Failure::new("--database is sqlite or postgres")),
        }
    }

    pub(super) fn url(&self) -> String {
        match self {
            Self::Sqlite(file) => format!("sqlite://{}", file.display()),
            Self::Postgres(server) => server.url().to_owned(),
        }
    }

    /// How many messages are in it.
    pub(super) fn messages(&self) -> Result<u64, Failure> {
        self.number("SELECT count(*) FROM messages")
    }

    /// How many bytes it takes, once its log is merged.
    pub(super) fn bytes(&self) -> Result<u64, Failure> {
        match self {
            Self::Sqlite(file) => {
                self.ask("PRAGMA wal_checkpoint(TRUNCATE)")?;
                fs::metadata(file).map(|file| file.len()).map_err(|error| Failure::io(file.display(), &error))
            }
            Self::Postgres(_) => {
                self.ask("CHECKPOINT")?;
                self.number("SELECT pg_database_size(current_database())")
            }
        }
    }

    /// Waits until search has dealt with everything, and then until the server does nothing any more: what
    /// PostgreSQL does for search is no work of the server's. At most half an hour each.
    pub(super) fn rest(&self, server: &Server) -> Outcome {
        for _ in 0..REST_SECONDS {
            if self.events_to_search()? == 0 {
                break;
            }
            thread::sleep(Duration::from_secs(1));
        }
        server.rest();
        Ok(())
    }

    /// How many events search has not dealt with.
    fn events_to_search(&self) -> Result<u64, Failure> {
        let numbered = "coalesce((SELECT max(position) FROM events), 0)
            - coalesce((SELECT position FROM bookmarks WHERE name = '#search'), 0)";
        match self {
            Self::Sqlite(_) => self.number(&format!("SELECT {numbered}")),
            Self::Postgres(_) => {
                self.number(&format!("SELECT {numbered} + (SELECT count(*) FROM new_events)"))
            }
        }
    }

    fn number(&self, sql: &str) -> Result<u64, Failure> {
        let answer = self.ask(sql)?;
        answer.trim().parse().map_err(|_| Failure::new(format!("{sql}: {answer}")))
    }

    /// Asks with the database's own program: this one is built without a database, to be there soon.
    fn ask(&self, sql: &str) -> Result<String, Failure> {
        let name = if matches!(self, Self::Sqlite(_)) { "sqlite3" } else { "psql" };
        let program = shell::find_program(name).ok_or_else(|| {
            Failure::new(format!("{name} is not on this machine; install it to measure this"))
        })?;
        let mut command = Command::new(program);
        match self {
            Self::Sqlite(file) => command.args(["-cmd", ".timeout 10000"]).arg(file).arg(sql),
            Self::Postgres(server) => command.args([server.url(), "-Atc", sql]),
        };
        shell::read(&mut command)
    }
}
