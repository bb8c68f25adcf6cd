//! The store on PostgreSQL.

mod database;
mod log;
mod posts;
mod proxy;
mod search;
mod server;
mod versions;

use database::Database;
use deskport_storage_diesel::{PostgresOptions, PostgresStore};

async fn fresh() -> (PostgresStore, Database) {
    let database = Database::create().await;
    (PostgresStore::open(options(&database)).await.unwrap(), database)
}

/// Small pools: many tests run at the same time on one server.
fn options(database: &Database) -> PostgresOptions {
    PostgresOptions { pool_size: 4, ..PostgresOptions::new(database.url()) }
}

mod contract {
    use super::fresh;

    deskport_testkit::storage_contract!(fresh);
}
