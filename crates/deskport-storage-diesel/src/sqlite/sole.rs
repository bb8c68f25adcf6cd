//! Being the only store on a database file: a lock that ends with the process, however it ends.

use std::{
    fs::{File, TryLockError},
    thread,
    time::{Duration, Instant},
};

use super::SqliteOptions;
use crate::OpenError;

const PAUSE: Duration = Duration::from_millis(20);

/// The lock, for as long as this lives. It is on a file beside the database, since SQLite's own
/// locks are on the database itself.
#[derive(Debug)]
pub(super) struct Sole {
    _locked: File,
}

impl Sole {
    pub(super) fn become_it(SqliteOptions { path, patience, .. }: &SqliteOptions) -> Result<Self, OpenError> {
        if let Some(directory) = path.parent() {
            std::fs::create_dir_all(directory).map_err(OpenError::Directory)?;
        }
        let mut name = path.as_os_str().to_owned();
        name.push("-lock");
        let file = File::create(name).map_err(|error| OpenError::Prepare(error.into()))?;
        let began = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _locked: file }),
                Err(TryLockError::WouldBlock) if began.elapsed() < *patience => thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(OpenError::InUse),
                Err(TryLockError::Error(error)) => return Err(OpenError::Prepare(error.into())),
            }
        }
    }
}
