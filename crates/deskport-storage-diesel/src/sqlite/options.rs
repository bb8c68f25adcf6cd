//! How to open a database file.

use std::{path::PathBuf, time::Duration};

/// How to open a database file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqliteOptions {
    /// The database file. Beside it SQLite keeps two more, with `-wal` and `-shm` after the name.
    pub path: PathBuf,
    /// Whether this is the only store on the file for as long as it is open, so that caches need not
    /// ask the file what others did. Opening a second such store fails; one that is not `sole` opens,
    /// and must not post messages meanwhile.
    pub sole: bool,
    /// How long to wait for another such store to close, as one does that is being replaced.
    pub patience: Duration,
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
            sole: false,
            patience: Duration::from_secs(10),
            read_connections: 4,
            queue: 4096,
            busy_timeout: Duration::from_secs(5),
            writer_cache_kib: 32 * 1024,
            reader_cache_kib: 4 * 1024,
        }
    }
}
