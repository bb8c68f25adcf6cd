//! Moves what was committed from the write-ahead log to the database file, beside the writer.
//!
//! The writer would do so itself in the middle of its work, and everybody would wait for it. But the
//! log begins anew only after a moment when all of it was moved, which never comes beside a busy
//! writer. So when the log is long, and almost all of it was moved just now, the writer is asked to
//! move the rest between two commits.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use deskport_ports::StoreError;
use diesel::{QueryableByName, RunQueryDsl as _, sql_query, sql_types::Integer};
use tokio::sync::oneshot;

use super::{Connection, OpenError, SqliteOptions, connect};
use crate::error::{Failure, Trouble};

/// How long what was committed stays in the log alone: pages that are written over and over are
/// moved once. While the database file is flushed, so is the log more slowly; and the rest of a long
/// log keeps the writer for some milliseconds. So neither comes often.
const PAUSE: Duration = Duration::from_secs(1);
/// From how many pages on the log is long. What a busy second adds still fits into the log.
const LONG: i32 = 64 * 1024 * 1024 / 4096;
/// What takes no longer may be moved by the writer: some commits take as long.
const SHORT: Duration = Duration::from_millis(5);
/// How many words may wait: one that there is something to do, and some to empty the log.
const WORDS: usize = 8;

/// The way to the thread. Dropping it waits until the thread has ended.
#[derive(Debug)]
pub(super) struct Checkpointer {
    words: Option<SyncSender<Word>>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// The writer's way to say that something was committed, and to hear that it shall move the rest.
#[derive(Debug, Clone)]
pub(super) struct Nudge {
    words: SyncSender<Word>,
    shared: Arc<Shared>,
}

/// What both threads know of the log.
#[derive(Debug, Default)]
struct Shared {
    /// Whether the checkpointer knows of a commit that it has not begun to move.
    is_told: AtomicBool,
    /// Whether the writer shall move the rest.
    rest_is_short: AtomicBool,
}

enum Word {
    Committed,
    Empty(oneshot::Sender<Result<(), Failure>>),
}

/// The answer to a checkpoint.
#[derive(QueryableByName)]
struct Checkpoint {
    #[diesel(sql_type = Integer)]
    busy: i32,
    /// How many pages are in the log.
    #[diesel(sql_type = Integer)]
    log: i32,
}

impl Checkpointer {
    /// Starts the thread on a connection of its own.
    pub(super) fn start(options: &SqliteOptions) -> Result<Self, OpenError> {
        let connection = connect::checkpointer(options)?;
        let (words, said) = sync_channel(WORDS);
        let shared = Arc::new(Shared::default());
        let known = Arc::clone(&shared);
        let thread = thread::Builder::new()
            .name("deskport-log".to_owned())
            .spawn(move || work(connection, &said, &known))
            .map_err(|error| OpenError::Prepare(error.into()))?;
        Ok(Self { words: Some(words), shared, thread: Some(thread) })
    }

    pub(super) fn nudge(&self) -> Option<Nudge> {
        let words = self.words.clone()?;
        Some(Nudge { words, shared: Arc::clone(&self.shared) })
    }

    /// Moves everything, and empties the log: nothing of what was removed is left in it.
    pub(super) async fn empty_log(&self) -> Result<(), Failure> {
        let (reply, answer) = oneshot::channel();
        let gone = || Failure::unavailable(Trouble::Told("the checkpointer has stopped".to_owned()));
        let words = self.words.as_ref().ok_or_else(gone)?;
        match words.try_send(Word::Empty(reply)) {
            Ok(()) => answer.await.unwrap_or_else(|_| Err(gone())),
            Err(TrySendError::Full(_)) => Err(StoreError::Overloaded.into()),
            Err(TrySendError::Disconnected(_)) => Err(gone()),
        }
    }
}

impl Nudge {
    /// Cheap, but where the rest of a long log is to be moved; and never waits for the other thread,
    /// nor wakes it for a commit of which another one spoke already.
    pub(super) fn committed(&self, connection: &mut Connection) {
        if !self.shared.is_told.swap(true, Ordering::AcqRel)
            && let Err(TrySendError::Full(_)) = self.words.try_send(Word::Committed)
        {
            // Words to empty the log are in the way: the next commit tries again.
            self.shared.is_told.store(false, Ordering::Release);
        }
        if self.shared.rest_is_short.swap(false, Ordering::Relaxed) {
            move_some(connection);
        }
    }
}

impl Drop for Checkpointer {
    fn drop(&mut self) {
        self.words.take();
        if let Some(Err(_)) = self.thread.take().map(JoinHandle::join) {
            tracing::error!("The checkpointer thread panicked");
        }
    }
}

/// Works until nobody is left to say anything.
fn work(mut connection: Connection, said: &Receiver<Word>, shared: &Shared) {
    let mut next: Option<Instant> = None;
    loop {
        let pause = next.map_or(Duration::MAX, |next| next.saturating_duration_since(Instant::now()));
        match said.recv_timeout(pause) {
            Ok(Word::Committed) => {
                next.get_or_insert_with(|| Instant::now() + PAUSE);
            }
            Ok(Word::Empty(reply)) => drop(reply.send(checkpoint(&mut connection, "TRUNCATE").map(|_| ()))),
            Err(RecvTimeoutError::Timeout) => {
                next = None;
                // First: a commit after this is told anew, one before it is moved now.
                shared.is_told.swap(false, Ordering::AcqRel);
                if move_some(&mut connection) > LONG {
                    move_what_came_meanwhile(&mut connection);
                    shared.rest_is_short.store(true, Ordering::Relaxed);
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Moves what came while the rest was moved, then what came while that was, until so little is left that
/// the writer can do it, or until that takes more than half as long as the time before.
fn move_what_came_meanwhile(connection: &mut Connection) {
    let mut before = Duration::MAX;
    loop {
        let began = Instant::now();
        move_some(connection);
        let took = began.elapsed();
        if took < SHORT || took > before / 2 {
            return;
        }
        before = took;
    }
}

/// Moves what can be moved now; returns how many pages the log has.
fn move_some(connection: &mut Connection) -> i32 {
    checkpoint(connection, "PASSIVE").unwrap_or_else(|failure| {
        tracing::debug!(?failure, "A checkpoint waits for the next one");
        0
    })
}

fn checkpoint(connection: &mut Connection, mode: &str) -> Result<i32, Failure> {
    let query = sql_query(format!("PRAGMA wal_checkpoint({mode})"));
    let Checkpoint { busy, log } = query.get_result(connection)?;
    match busy {
        0 => Ok(log),
        _ => Err(Failure::unavailable(Trouble::Told("somebody reads or moves the log".to_owned()))),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use diesel::connection::SimpleConnection as _;
    use tempfile::TempDir;

    use super::*;

    /// Longer than any machine needs for it.
    const PATIENCE: Duration = Duration::from_mins(1);

    #[test]
    fn what_is_committed_reaches_the_file_also_after_earlier_commits_did() {
        let directory = TempDir::new().unwrap();
        let options = SqliteOptions::new(directory.path().join("deskport.db"));
        let (mut writer, _) = connect::writer(&options).unwrap();
        writer.batch_execute("CREATE TABLE sheets (words BLOB)").unwrap();
        let checkpointer = Checkpointer::start(&options).unwrap();
        let nudge = checkpointer.nudge().unwrap();
        let bytes = || fs::metadata(&options.path).unwrap().len();
        for _ in 0..2 {
            let before = bytes();
            for _ in 0..3 {
                writer.batch_execute("INSERT INTO sheets VALUES (randomblob(100000))").unwrap();
                nudge.committed(&mut writer);
            }
            let began = Instant::now();
            while bytes() < before + 200_000 {
                assert!(began.elapsed() < PATIENCE, "the log was not moved");
                thread::sleep(Duration::from_millis(20));
            }
        }
        drop((nudge, checkpointer));
    }
}
