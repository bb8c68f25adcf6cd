//! Connections to one database file, with the VFS and without.

use std::path::Path;

use diesel::{Connection, SqliteConnection, connection::SimpleConnection};

pub(crate) const SCHEMA: &str = "CREATE TABLE said (number INTEGER PRIMARY KEY, what BLOB NOT NULL)";

pub(crate) fn through_the_vfs(directory: &Path, setup: &str) -> SqliteConnection {
    let vfs = deskport_sqlite::register().unwrap();
    open(&format!("file:{}/db?vfs={vfs}", directory.display()), setup)
}

pub(crate) fn without_the_vfs(directory: &Path, setup: &str) -> SqliteConnection {
    open(&format!("file:{}/db", directory.display()), setup)
}

fn open(uri: &str, setup: &str) -> SqliteConnection {
    let mut connection = SqliteConnection::establish(uri).unwrap();
    connection.batch_execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0").unwrap();
    connection.batch_execute(setup).unwrap();
    connection
}
