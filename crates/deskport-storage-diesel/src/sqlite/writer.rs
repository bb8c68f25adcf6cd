//! The only writer: a thread that puts all waiting work into one transaction and one flush to disk.

mod job;

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use deskport_ports::StoreError;
use diesel::{QueryResult, RunQueryDsl as _, connection::SimpleConnection};
use tokio::sync::oneshot;

pub(super) use self::job::{Beside, Work};
use self::job::{Job, Pending};
use super::{
    Connection, OpenError,
    checkpointer::Nudge,
    memory::Memory,
    transaction::{BeginToWrite, Commit},
};
use crate::{
    changes::Changes,
    error::{Failure, Trouble},
};

/// The most jobs that are taken from the queue, and so the most in one transaction. Beyond some
/// dozens the flush no longer counts, and those who came first wait longer.
const BACKLOG: usize = 256;

/// What was taken from the queue and waits for its transaction, in order.
type Jobs = VecDeque<Box<dyn Job>>;

/// The way to the writer. Dropping it waits until all that was taken on is done.
#[derive(Debug)]
pub(super) struct Writer {
    jobs: Option<SyncSender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread, which takes over the connection.
    pub(super) fn start(
        connection: Connection,
        queue: usize,
        changes: Arc<Changes>,
        nudge: Option<Nudge>,
    ) -> Result<Self, OpenError> {
        let (jobs, waiting) = sync_channel(queue);
        let thread = thread::Builder::new()
            .name("deskport-writer".to_owned())
            .spawn(move || write_all(connection, &waiting, &changes, nudge.as_ref()))
            .map_err(|error| OpenError::Prepare(error.into()))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Runs work in the writer's next transaction; durable when this returns.
    pub(super) async fn write<W: Work + 'static>(&self, work: W) -> Result<W::Output, Failure> {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Pending::new(work, reply));
        match self.jobs.as_ref().map(|jobs| jobs.try_send(job)) {
            Some(Ok(())) => {}
            Some(Err(TrySendError::Full(_))) => return Err(StoreError::Overloaded.into()),
            Some(Err(TrySendError::Disconnected(_))) | None => return Err(gone()),
        }
        answer.await.unwrap_or_else(|_| Err(gone()))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs.take();
        if let Some(Err(_)) = self.thread.take().map(JoinHandle::join) {
            tracing::error!("The writer thread panicked");
        }
    }
}

fn gone() -> Failure {
    Failure::unavailable(Trouble::Told("the writer has stopped".to_owned()))
}

fn write_all(
    mut connection: Connection,
    waiting: &Receiver<Box<dyn Job>>,
    changes: &Changes,
    nudge: Option<&Nudge>,
) {
    let mut backlog = VecDeque::new();
    let mut memory = Memory::new();
    let mut pace = Pace::default();
    while let Some(first) = backlog.pop_front().or_else(|| waiting.recv().ok()) {
        backlog.push_front(first);
        backlog.extend(waiting.try_iter().take(BACKLOG.saturating_sub(backlog.len())));
        write_some(&mut connection, &mut backlog, &mut memory, &mut pace, changes);
        if let Some(nudge) = nudge {
            nudge.committed(&mut connection);
        }
    }
}

/// Writes the first jobs of the backlog in one transaction. If that fails, each gets its own, so
/// that the one at fault fails alone.
fn write_some(
    connection: &mut Connection,
    backlog: &mut Jobs,
    memory: &mut Memory,
    pace: &mut Pace,
    changes: &Changes,
) {
    if let Err(error) = begin(connection, memory) {
        // Another process holds the lock: whoever tried again would wait as long again.
        return backlog.drain(..).for_each(|job| {
            job.fail(Failure::unavailable(Trouble::Told(error.to_string())));
        });
    }
    let mut group = Vec::new();
    let outcome = run(connection, backlog, &mut group, memory, pace);
    let outcome = outcome.and_then(|()| pace.commit(connection));
    // Also when it failed: nobody knows what a commit that failed left.
    for job in &group {
        job.count(changes);
    }
    match outcome {
        Ok(()) => group.into_iter().for_each(Job::succeed),
        Err(failure) => {
            roll_back(connection);
            memory.forget();
            match group.pop() {
                Some(job) if group.is_empty() => job.fail(failure),
                last => {
                    tracing::debug!(?failure, "A group failed, trying each job alone");
                    for job in group.into_iter().chain(last) {
                        write_some(connection, &mut VecDeque::from([job]), memory, pace, changes);
                    }
                }
            }
        }
    }
}

fn begin(connection: &mut Connection, memory: &mut Memory) -> QueryResult<()> {
    BeginToWrite.execute(connection)?;
    memory.begin(connection).inspect_err(|_| roll_back(connection))
}

/// Runs jobs of the backlog, which thereby become the group.
fn run(
    connection: &mut Connection,
    backlog: &mut Jobs,
    group: &mut Vec<Box<dyn Job>>,
    memory: &mut Memory,
    pace: &Pace,
) -> Result<(), Failure> {
    let (all, began) = (backlog.len(), Instant::now());
    while pace.allows_more(group.len(), all, began)
        && let Some(mut job) = backlog.pop_front()
    {
        let outcome = job.run(connection, memory);
        group.push(job);
        outcome?;
    }
    Ok(())
}

/// Says how much goes into one transaction.
///
/// If it were always all that waits, all who post would wait for the same commit, and the writer
/// then for all of them. So some stay for the next one: half of them, unless the flush takes longer
/// than their work.
#[derive(Default)]
struct Pace {
    /// How long the last commit took.
    last_commit: Duration,
}

impl Pace {
    fn allows_more(&self, done: usize, all: usize, began: Instant) -> bool {
        done < all.div_ceil(2) || began.elapsed() < self.last_commit
    }

    fn commit(&mut self, connection: &mut Connection) -> Result<(), Failure> {
        let began = Instant::now();
        Commit.execute(connection)?;
        self.last_commit = began.elapsed();
        Ok(())
    }
}

/// SQLite may have rolled back by itself; then this has nothing to do.
fn roll_back(connection: &mut Connection) {
    if let Err(error) = connection.batch_execute("ROLLBACK") {
        tracing::debug!(%error, "Nothing to roll back");
    }
}
