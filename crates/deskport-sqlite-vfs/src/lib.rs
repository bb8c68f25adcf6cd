//! A VFS for SQLite that writes a transaction's part of the write-ahead log at once.
//!
//! SQLite writes two pieces for each page that a transaction changed, 24 bytes that describe the page
//! and the page, with a call of the system for either. Where a transaction changes fifty pages, those
//! hundred calls are most of what a commit costs the processor. This VFS keeps the pieces until the
//! transaction is complete and then writes them with a single call. What is in the file at the end, and
//! when it is flushed, is the same as ever: any other program may read and write the database
//! meanwhile, with or without this VFS.
//!
//! All else is done by the VFS that SQLite comes with. Connections that only read gain nothing.
//!
//! ```
//! use diesel::{Connection, SqliteConnection, connection::SimpleConnection};
//!
//! let directory = tempfile::tempdir()?;
//! let vfs = deskport_sqlite_vfs::register()?;
//! let url = format!("file:{}/helpdesk.db?vfs={vfs}", directory.path().display());
//! let mut connection = SqliteConnection::establish(&url)?;
//! connection.batch_execute("PRAGMA journal_mode = WAL; CREATE TABLE said (what TEXT)")?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod file;
mod pending;
mod vfs;

pub use vfs::{NAME, RegisterError, register};
