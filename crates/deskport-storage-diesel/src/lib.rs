//! Stores on SQLite and PostgreSQL, from one set of queries.
//!
//! [`SqliteStore`] and [`PostgresStore`] keep every promise of `deskport_ports::Store`. Both bring
//! their schema up to date when they open. The modules below `store/` are compiled twice: once
//! under `sqlite.rs`, once under `postgres.rs`, which say what a connection is and how a piece of
//! work gets one.
//!
//! ```no_run
//! # async fn example() -> Result<(), deskport_storage_diesel::OpenError> {
//! use deskport_storage_diesel::{SqliteOptions, SqliteStore};
//!
//! let store = SqliteStore::open(SqliteOptions::new("data/deskport.db")).await?;
//! # drop(store);
//! # Ok(())
//! # }
//! ```

#![cfg_attr(
    not(all(feature = "sqlite", feature = "postgres")),
    allow(
        dead_code,
        reason = "some of what both share only one of them needs; built with both, nothing is unused"
    )
)]

mod changes;
mod error;
mod migrate;
#[cfg(feature = "postgres")]
mod postgres;
mod row;
mod schema;
#[cfg(feature = "sqlite")]
mod sqlite;
mod words;

pub use error::OpenError;
#[cfg(feature = "postgres")]
pub use postgres::{PostgresOptions, PostgresStore, migrate_postgres};
#[cfg(feature = "sqlite")]
pub use sqlite::{SqliteOptions, SqliteStore, migrate_sqlite};
