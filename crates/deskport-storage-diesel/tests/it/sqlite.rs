//! The store on SQLite.

mod corruption;
mod erasure;
mod file;
mod writer;

use deskport_storage_diesel::{SqliteOptions, SqliteStore};
use diesel::{Connection, SqliteConnection, connection::SimpleConnection};
use tempfile::TempDir;

async fn fresh() -> (SqliteStore, TempDir) {
    let directory = TempDir::new().unwrap();
    (SqliteStore::open(options(&directory)).await.unwrap(), directory)
}

fn options(directory: &TempDir) -> SqliteOptions {
    SqliteOptions::new(directory.path().join("deskport.db"))
}

/// A connection of somebody else's to the same file.
fn stranger(directory: &TempDir) -> SqliteConnection {
    SqliteConnection::establish(options(directory).path.to_str().unwrap()).unwrap()
}

fn execute(directory: &TempDir, statements: &str) {
    stranger(directory).batch_execute(statements).unwrap();
}

mod contract {
    use super::fresh;

    deskport_testkit::storage_contract!(fresh);
}
