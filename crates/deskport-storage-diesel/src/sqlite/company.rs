//! Whether other processes serve the same database file. Then nobody knows by himself what changed.
//!
//! The first server holds a lock on the file `-first` beside the database. Every other one makes
//! the file `-others` before it opens the database, and holds a lock on that. Locks end with their
//! process, however it ends; so the first server to come removes what nobody holds any more.
//!
//! Looking whether `-others` is there costs as much as a tenth of a cached answer. So the first server
//! trusts a look for [`TRUST`], and every other one waits longer than that between making the file and
//! opening the database: whatever it stores is stored after the first one has looked again.

use std::{
    ffi::OsString,
    fs::{File, OpenOptions, TryLockError},
    io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use crate::OpenError;

/// For how long a look is trusted.
const TRUST: Duration = Duration::from_millis(50);
/// How long whoever is not the first waits before it opens the database.
const PATIENCE: Duration = Duration::from_millis(200);

/// This server among those on one database file.
#[derive(Debug)]
pub(super) struct Company {
    is_first: bool,
    others: PathBuf,
    began: Instant,
    /// Until when this server is known to be alone, in microseconds after it began.
    alone_until: AtomicU64,
    /// The lock, for as long as this lives.
    _held: File,
}

impl Company {
    /// Joins those that serve this database file.
    pub(super) fn join(database: &Path) -> Result<Self, OpenError> {
        if let Some(directory) = database.parent() {
            std::fs::create_dir_all(directory).map_err(OpenError::Directory)?;
        }
        Self::enter(database).map_err(|error| OpenError::Prepare(error.into()))
    }

    fn enter(database: &Path) -> io::Result<Self> {
        let others = beside(database, "-others");
        let first = open(&beside(database, "-first"))?;
        match first.try_lock() {
            Ok(()) => {
                remove_unless_held(&others)?;
                Ok(Self::new(true, others, first))
            }
            Err(TryLockError::WouldBlock) => {
                let held = hold(&others)?;
                thread::sleep(PATIENCE);
                Ok(Self::new(false, others, held))
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn new(is_first: bool, others: PathBuf, held: File) -> Self {
        Self { is_first, others, began: Instant::now(), alone_until: AtomicU64::new(0), _held: held }
    }

    /// Whether no other server is there. Whoever comes shows before anything of it is stored.
    pub(super) fn is_alone(&self, now: Instant) -> bool {
        if !self.is_first {
            return false;
        }
        let now = now.saturating_duration_since(self.began);
        if now.as_micros() < u128::from(self.alone_until.load(Ordering::Acquire)) {
            return true;
        }
        let is_alone = matches!(self.others.try_exists(), Ok(false));
        if is_alone {
            let until = u64::try_from((now + TRUST).as_micros()).unwrap_or(0);
            self.alone_until.store(until, Ordering::Release);
        }
        is_alone
    }
}

fn beside(database: &Path, end: &str) -> PathBuf {
    let mut name: OsString = database.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).create(true).open(path)
}

/// Makes a file, and keeps it from being removed.
fn hold(path: &Path) -> io::Result<File> {
    loop {
        let file = open(path)?;
        file.lock_shared()?;
        // Somebody may have removed it before it was held.
        match path.metadata() {
            Ok(there) if there.ino() == file.metadata()?.ino() => return Ok(file),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
}

fn remove_unless_held(path: &Path) -> io::Result<()> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    match file.try_lock() {
        Ok(()) => std::fs::remove_file(path),
        Err(TryLockError::WouldBlock) => Ok(()),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn nobody_is_alone_among_others_and_the_first_to_come_later_is_again() {
        let directory = TempDir::new().unwrap();
        let database = directory.path().join("deskport.db");
        let first = Company::join(&database).unwrap();
        assert!(first.is_alone(Instant::now()));
        let (second, third) = (Company::join(&database).unwrap(), Company::join(&database).unwrap());
        assert!(
            !first.is_alone(Instant::now())
                && !second.is_alone(Instant::now())
                && !third.is_alone(Instant::now())
        );
        drop((first, second));
        let fourth = Company::join(&database).unwrap();
        assert!(!fourth.is_alone(Instant::now()), "the third is there still");
        drop((third, fourth));
        assert!(Company::join(&database).unwrap().is_alone(Instant::now()));
    }
}
