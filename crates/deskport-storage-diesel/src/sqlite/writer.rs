//! The only writer: a thread that puts all waiting work into one transaction and one flush to disk.

mod job;

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::{self, JoinHandle},
};

use deskport_ports::StoreError;
use diesel::connection::SimpleConnection;
use tokio::sync::oneshot;

use self::job::{Job, Pending};
use super::{Connection, OpenError, Task, checkpointer::Nudge};
use crate::{
    changes::Changes,
    error::{Failure, Trouble},
};

/// The most jobs in one transaction. Beyond some dozens the flush no longer counts, and those who
/// came first wait longer.
const GROUP: usize = 256;

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
    pub(super) async fn write<T: Task + 'static>(&self, task: T) -> Result<T::Output, Failure> {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Pending::new(task, reply));
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
    while let Ok(first) = waiting.recv() {
        let mut group = vec![first];
        group.extend(waiting.try_iter().take(GROUP - 1));
        write_group(&mut connection, group, changes);
        if let Some(nudge) = nudge {
            nudge.committed();
        }
    }
}

/// Commits all jobs together, and then answers them. If that fails, each gets its own transaction,
/// so that the one at fault fails alone.
fn write_group(connection: &mut Connection, mut group: Vec<Box<dyn Job>>, changes: &Changes) {
    if let Err(error) = connection.batch_execute("BEGIN IMMEDIATE") {
        // Another process holds the lock: whoever tried again would wait as long again.
        return group.into_iter().for_each(|job| {
            job.fail(Failure::unavailable(Trouble::Told(error.to_string())));
        });
    }
    let outcome = run_and_commit(connection, &mut group);
    // Also when it failed: nobody knows what a commit that failed left.
    for job in &group {
        job.count(changes);
    }
    match outcome {
        Ok(()) => group.into_iter().for_each(Job::succeed),
        Err(failure) => {
            roll_back(connection);
            match group.pop() {
                Some(job) if group.is_empty() => job.fail(failure),
                last => {
                    tracing::debug!(?failure, "A group failed, trying each job alone");
                    group.into_iter().chain(last).for_each(|job| write_group(connection, vec![job], changes));
                }
            }
        }
    }
}

fn run_and_commit(connection: &mut Connection, group: &mut [Box<dyn Job>]) -> Result<(), Failure> {
    for job in group {
        job.run(connection)?;
    }
    Ok(connection.batch_execute("COMMIT")?)
}

/// SQLite may have rolled back by itself; then this has nothing to do.
fn roll_back(connection: &mut Connection) {
    if let Err(error) = connection.batch_execute("ROLLBACK") {
        tracing::debug!(%error, "Nothing to roll back");
    }
}
