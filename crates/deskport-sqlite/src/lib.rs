//! SQLite with two parts replaced: a VFS whose commits write the log at once and whose checkpoints let
//! commits through, for whoever asks for it, and a page cache that commits do not search, for everybody.
//!
//! **The log.** SQLite writes two pieces for each page that a transaction changed, 24 bytes that describe
//! the page and the page, with a call of the system for either. Where a transaction changes fifty pages,
//! those hundred calls are about half of what a commit costs the processor. This VFS keeps the pieces
//! until the transaction is complete and then writes them with few calls.
//!
//! **The database.** A checkpoint moves pages from the log to the database and flushes them all at its
//! end. What has to be flushed meanwhile, such as a commit, waits behind that. This VFS flushes the
//! database after each MiB, so nobody waits for more.
//!
//! What is in the files at the end is the same as ever: any other program may read and write the
//! database meanwhile, with or without this VFS. All else is done by the VFS that SQLite comes with.
//! Connections that only read gain nothing.
//!
//! **The page cache.** After a transaction that split a page of a tree, SQLite searches its page cache for
//! pages beyond the end of the database, of which there are none. Here it knows that. On Linux all
//! connections of a process have this page cache, since SQLite takes one for the whole process, before
//! anything else of it is used ([`replaces_page_cache`]).
//!
//! ```
//! use diesel::{Connection, SqliteConnection, connection::SimpleConnection};
//!
//! let directory = tempfile::tempdir()?;
//! let vfs = deskport_sqlite::register()?;
//! let url = format!("file:{}/helpdesk.db?vfs={vfs}", directory.path().display());
//! let mut connection = SqliteConnection::establish(&url)?;
//! connection.batch_execute("PRAGMA journal_mode = WAL; CREATE TABLE said (what TEXT)")?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod database;
mod log;
#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "SQLite keeps its own page cache where this is not installed")
)]
mod page_cache;
mod vfs;
mod wrap;

pub use page_cache::replaces_page_cache;
pub use vfs::{NAME, RegisterError, register};
