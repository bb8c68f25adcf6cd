//! What runs beside the server: telling Fin, telling the desk.

mod forwarder;
mod notifier;
#[cfg(test)]
mod tests;

use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};
use tracing::error;

pub(crate) use self::forwarder::ForwarderLoop;
pub(crate) use self::notifier::NotifierLoop;

/// The loops that run, and the word that stops them.
#[derive(Debug, Default)]
pub(crate) struct Workers {
    stop: watch::Sender<bool>,
    running: JoinSet<()>,
}

/// Hears when it is time to stop.
#[derive(Debug, Clone)]
pub(crate) struct Stop(watch::Receiver<bool>);

impl Workers {
    /// Starts a loop, which must end soon after it was asked to.
    pub(crate) fn start<Run>(&mut self, run: impl FnOnce(Stop) -> Run)
    where
        Run: Future<Output = ()> + Send + 'static,
    {
        self.running.spawn(run(Stop(self.stop.subscribe())));
    }

    /// Asks all loops to stop, and waits until they have.
    pub(crate) async fn stop(mut self) {
        self.stop.send_replace(true);
        while let Some(ended) = self.running.join_next().await {
            note(ended);
        }
    }
}

impl Stop {
    /// Waits until it is time to stop. That nobody is left to say so says it, too.
    pub(crate) async fn requested(&mut self) {
        let _said_or_gone = self.0.wait_for(|stop| *stop).await.is_ok();
    }
}

/// Tells of a task that did not end by itself.
fn note(ended: Result<(), JoinError>) {
    if let Err(error) = ended
        && error.is_panic()
    {
        error!(%error, "A worker's task broke down");
    }
}
