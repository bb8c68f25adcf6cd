//! A piece of work on its way through the writer, and the way back for its answer.

use deskport_ports::Missing;
use tokio::sync::oneshot;

use crate::{
    changes::Changes,
    error::{Failure, Trouble},
    sqlite::{Connection, Task, finish, memory::Memory},
};

/// Work of any kind.
pub(super) trait Job: Send {
    /// Does the work within the open transaction, perhaps again. A refusal is no failure: it has
    /// written nothing, so its neighbors need not care.
    fn run(&mut self, connection: &mut Connection, memory: &mut Memory) -> Result<(), Failure>;

    /// Counts what was written.
    fn count(&self, changes: &Changes);

    /// Answers what the last run gave, which is durable now.
    fn succeed(self: Box<Self>);

    /// Answers that nothing was written.
    fn fail(self: Box<Self>, failure: Failure);
}

/// What the writer does for somebody: a task, or a post.
pub(in super::super) trait Work: Send {
    type Output: Send;

    /// Does it, within a transaction. It may be run again from the start.
    fn run(&self, connection: &mut Connection, memory: &mut Memory) -> Result<Self::Output, Failure>;

    /// Counts what this changed.
    fn count(&self, changes: &Changes);
}

impl<T: Task> Work for T {
    type Output = T::Output;

    fn run(&self, connection: &mut Connection, memory: &mut Memory) -> Result<T::Output, Failure> {
        memory.forget();
        finish(self.run(connection))
    }

    fn count(&self, changes: &Changes) {
        self.count(changes);
    }
}

/// A task that changes neither conversations, nor messages, nor people, whatever else it writes.
pub(in super::super) struct Beside<T: Task>(pub(in super::super) T);

impl<T: Task> Work for Beside<T> {
    type Output = T::Output;

    fn run(&self, connection: &mut Connection, _memory: &mut Memory) -> Result<T::Output, Failure> {
        finish(self.0.run(connection))
    }

    fn count(&self, changes: &Changes) {
        self.0.count(changes);
    }
}

/// Work that somebody waits for.
pub(super) struct Pending<W: Work> {
    work: W,
    outcome: Option<Result<W::Output, Missing>>,
    reply: oneshot::Sender<Result<W::Output, Failure>>,
}

impl<W: Work> Pending<W> {
    pub(super) fn new(work: W, reply: oneshot::Sender<Result<W::Output, Failure>>) -> Self {
        Self { work, outcome: None, reply }
    }

    /// Whoever asked may have gone; what was written stays written.
    fn answer(self, outcome: Result<W::Output, Failure>) {
        let Self { work, reply, .. } = self;
        // First: whoever asked may want it back as the only one who has it.
        drop(work);
        drop(reply.send(outcome));
    }
}

impl<W: Work> Job for Pending<W> {
    fn run(&mut self, connection: &mut Connection, memory: &mut Memory) -> Result<(), Failure> {
        self.outcome = match self.work.run(connection, memory) {
            Ok(output) => Some(Ok(output)),
            Err(Failure::Missing(missing)) => Some(Err(missing)),
            Err(failure) => return Err(failure),
        };
        Ok(())
    }

    fn count(&self, changes: &Changes) {
        self.work.count(changes);
    }

    fn succeed(mut self: Box<Self>) {
        let outcome = match self.outcome.take() {
            Some(outcome) => outcome.map_err(Failure::Missing),
            None => Err(Failure::unavailable(Trouble::Told("the work was not done".to_owned()))),
        };
        self.answer(outcome);
    }

    fn fail(self: Box<Self>, failure: Failure) {
        self.answer(Err(failure));
    }
}
