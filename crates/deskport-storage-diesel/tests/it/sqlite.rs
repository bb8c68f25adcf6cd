//! The store on SQLite.

use deskport_storage_diesel::{SqliteOptions, SqliteStore};
use tempfile::TempDir;

async fn fresh() -> (SqliteStore, TempDir) {
    let directory = TempDir::new().unwrap();
    let options = SqliteOptions::new(directory.path().join("deskport.db"));
    (SqliteStore::open(options).await.unwrap(), directory)
}

mod contract {
    use super::fresh;

    deskport_testkit::storage_contract!(fresh);
}
