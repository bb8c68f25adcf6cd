//! How to open a database file.

use std::{path::PathBuf, time::Duration};

/// How to open a database file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqliteOptions {
    /// The database file. Beside it SQLite keeps two more, with `-wal` and `-shm` after the name.
    pub path: PathBuf,
    /// Whether this store serves: it stores what people say. While it is the only one on its file that
    /// does, lists of messages may be cached. Stores that do not serve must not post messages.
    pub serves: bool,
    /// How many read connections stay open. More are opened while more threads read at once.
    pub read_connections: usize,
    /// How many changes may wait for the writer. One more is refused at once.
    pub queue: usize,
    /// How long to wait for another process that writes to the same file.
    pub busy_timeout: Duration,
    /// The page cache of the write connection, in KiB.
    pub writer_cache_kib: u32,
    /// The page cache of each read connection, in KiB.
    pub reader_cache_kib: u32,
}

impl SqliteOptions {
    /// What suits most.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            serves: false,
            read_connections: 4,
            queue: 4096,
            busy_timeout: Duration::from_secs(5),
            writer_cache_kib: 16 * 1024,
            reader_cache_kib: 4 * 1024,
        }
    }
}
