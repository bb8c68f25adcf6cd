//! What runs beside the server: telling Fin, telling the desk, upkeep.

mod forwarder;
mod notifier;
#[cfg(test)]
mod tests;
mod upkeep;

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};
use tokio::time::timeout;
use tracing::{error, warn};

pub(crate) use self::forwarder::ForwarderLoop;
pub(crate) use self::notifier::NotifierLoop;
pub(crate) use self::upkeep::UpkeepLoop;

/// The loops that run, and the word that stops them.
#[derive(Debug, Default)]
pub(crate) struct Workers {
    stop: watch::Sender<bool>,
    running: JoinSet<()>,
}

/// Says that it is time to stop.
#[derive(Debug, Clone)]
pub(crate) struct Stopper(watch::Sender<bool>);

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

    /// What asks all loops to stop.
    pub(crate) fn stopper(&self) -> Stopper {
        Stopper(self.stop.clone())
    }

    /// Waits until somebody asks all loops to stop, and then until they have; those that take longer
    /// than `patience` are cut short.
    pub(crate) async fn stopped(mut self, patience: Duration) {
        Stop(self.stop.subscribe()).requested().await;
        let all = async {
            while let Some(ended) = self.running.join_next().await {
                note(ended);
            }
        };
        if timeout(patience, all).await.is_err() {
            warn!(workers = self.running.len(), "Workers did not stop in time");
        }
    }
}

impl Stopper {
    /// Asks all loops to stop.
    pub(crate) fn stop(&self) {
        self.0.send_replace(true);
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
