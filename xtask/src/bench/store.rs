//! Measures the stores without HTTP: SQLite, and PostgreSQL as it comes, which waits for the disk.

use crate::failure::Outcome;
use crate::postgres::{Server, URL_VARIABLE};
use crate::shell;

pub(super) fn run() -> Outcome {
    let postgres = Server::durable()?;
    let mut command = shell::cargo("bench --package deskport-storage-diesel");
    shell::run(command.env(URL_VARIABLE, postgres.url()))
}
