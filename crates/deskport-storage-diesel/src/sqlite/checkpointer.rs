//! Moves what was committed from the write-ahead log to the database file, beside the writer.
//!
//! The writer would do so itself in the middle of its work, and everybody would wait for it.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use deskport_ports::StoreError;
use diesel::{QueryableByName, RunQueryDsl as _, sql_query, sql_types::Integer};
use tokio::sync::oneshot;

use super::{Connection, OpenError, SqliteOptions, connect};
use crate::error::{Failure, Trouble};

/// How long what was committed stays in the log alone: pages that are written over and over are
/// moved once.
const PAUSE: Duration = Duration::from_millis(200);
/// How many words may wait: one that there is something to do, and some to empty the log.
const WORDS: usize = 8;

/// The way to the thread. Dropping it waits until the thread has ended.
#[derive(Debug)]
pub(super) struct Checkpointer {
    words: Option<SyncSender<Word>>,
    thread: Option<JoinHandle<()>>,
}

/// Says that something was committed. Cheap, and never waits.
#[derive(Debug, Clone)]
pub(super) struct Nudge(SyncSender<Word>);

enum Word {
    Committed,
    Empty(oneshot::Sender<Result<(), Failure>>),
}

/// The answer to a checkpoint.
#[derive(QueryableByName)]
struct Checkpoint {
    #[diesel(sql_type = Integer)]
    busy: i32,
}

impl Checkpointer {
    /// Starts the thread on a connection of its own.
    pub(super) fn start(options: &SqliteOptions) -> Result<Self, OpenError> {
        let connection = connect::checkpointer(options)?;
        let (words, said) = sync_channel(WORDS);
        let thread = thread::Builder::new()
            .name("deskport-log".to_owned())
            .spawn(move || work(connection, &said))
            .map_err(|error| OpenError::Prepare(error.into()))?;
        Ok(Self { words: Some(words), thread: Some(thread) })
    }

    pub(super) fn nudge(&self) -> Option<Nudge> {
        self.words.clone().map(Nudge)
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
    pub(super) fn committed(&self) {
        // If others wait to be heard already, this is heard with them.
        let _heard = self.0.try_send(Word::Committed);
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
fn work(mut connection: Connection, said: &Receiver<Word>) {
    let mut next: Option<Instant> = None;
    loop {
        let pause = next.map_or(Duration::MAX, |next| next.saturating_duration_since(Instant::now()));
        match said.recv_timeout(pause) {
            Ok(Word::Committed) => {
                next.get_or_insert_with(|| Instant::now() + PAUSE);
            }
            Ok(Word::Empty(reply)) => drop(reply.send(checkpoint(&mut connection, "TRUNCATE"))),
            Err(RecvTimeoutError::Timeout) => {
                next = None;
                if let Err(failure) = checkpoint(&mut connection, "PASSIVE") {
                    tracing::debug!(?failure, "A checkpoint waits for the next one");
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn checkpoint(connection: &mut Connection, mode: &str) -> Result<(), Failure> {
    let query = sql_query(format!("PRAGMA wal_checkpoint({mode})"));
    match query.get_result::<Checkpoint>(connection)?.busy {
        0 => Ok(()),
        _ => Err(Failure::unavailable(Trouble::Told("somebody reads or moves the log".to_owned()))),
    }
}
