//! The store on SQLite.

mod corruption;
mod erasure;
mod file;
mod memory;
mod numbers;
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

mod serving {
    use deskport_storage_diesel::{SqliteOptions, SqliteStore};
    use deskport_testkit::storage::{prove, versions};
    use tempfile::TempDir;

    use super::options;

    /// The only store that serves its file, which tells versions.
    async fn fresh() -> (SqliteStore, TempDir) {
        let directory = TempDir::new().unwrap();
        let options = SqliteOptions { serves: true, ..options(&directory) };
        (SqliteStore::open(options).await.unwrap(), directory)
    }

    #[test]
    fn a_post_makes_another_version() {
        prove(fresh, versions::a_post_makes_another_version);
    }

    #[test]
    fn reading_makes_no_other_version() {
        prove(fresh, versions::reading_makes_no_other_version);
    }

    #[test]
    fn an_erasure_makes_another_edition() {
        prove(fresh, versions::an_erasure_makes_another_edition);
    }

    #[test]
    fn a_profile_has_versions() {
        prove(fresh, versions::a_profile_has_versions);
    }
}
