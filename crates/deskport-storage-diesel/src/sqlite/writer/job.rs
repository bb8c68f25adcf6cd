//! A piece of work on its way through the writer, and the way back for its answer.

use deskport_ports::Missing;
use tokio::sync::oneshot;

use crate::{
    changes::Changes,
    error::{Failure, Trouble},
    sqlite::{Connection, Task, finish},
};

/// Work of any kind.
pub(super) trait Job: Send {
    /// Does the work within the open transaction, perhaps again. A refusal is no failure: it has
    /// written nothing, so its neighbors need not care.
    fn run(&mut self, connection: &mut Connection) -> Result<(), Failure>;

    /// Counts what was written.
    fn count(&self, changes: &Changes);

    /// Answers what the last run gave, which is durable now.
    fn succeed(self: Box<Self>);

    /// Answers that nothing was written.
    fn fail(self: Box<Self>, failure: Failure);
}

/// A task that somebody waits for.
pub(super) struct Pending<T: Task> {
    task: T,
    outcome: Option<Result<T::Output, Missing>>,
    reply: oneshot::Sender<Result<T::Output, Failure>>,
}

impl<T: Task> Pending<T> {
    pub(super) fn new(task: T, reply: oneshot::Sender<Result<T::Output, Failure>>) -> Self {
        Self { task, outcome: None, reply }
    }

    /// Whoever asked may have gone; what was written stays written.
    fn answer(self, outcome: Result<T::Output, Failure>) {
        let Self { task, reply, .. } = self;
        // First: whoever asked may want it back as the only one who has it.
        drop(task);
        drop(reply.send(outcome));
    }
}

impl<T: Task> Job for Pending<T> {
    fn run(&mut self, connection: &mut Connection) -> Result<(), Failure> {
        self.outcome = match finish(self.task.run(connection)) {
            Ok(output) => Some(Ok(output)),
            Err(Failure::Missing(missing)) => Some(Err(missing)),
            Err(failure) => return Err(failure),
        };
        Ok(())
    }

    fn count(&self, changes: &Changes) {
        self.task.count(changes);
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
