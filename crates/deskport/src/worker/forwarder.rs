//! Hands events on to the desk, in their order, if this instance leads.

use std::time::Duration;

use deskport_application::{Forwarded, Forwarder};
use deskport_domain::Timestamp;
use tokio::time::sleep;
use tracing::{debug, warn};

use super::Stop;

/// How often an instance that waits says that it still leads; a lead lasts a minute.
const RENEW: Duration = Duration::from_secs(20);
/// How often an instance that does not lead asks whether it should.
const ASK: Duration = Duration::from_secs(5);

/// Hands events on until it is asked to stop. An event on its way is given up then, and sent again
/// with the same id.
#[derive(Debug)]
pub(crate) struct ForwarderLoop {
    pub(crate) forwarder: Forwarder,
    /// The pause after everything was sent.
    pub(crate) poll: Duration,
}

impl ForwarderLoop {
    /// Works until `stop` says to stop.
    pub(crate) async fn run(self, mut stop: Stop) {
        tokio::select! {
            () = stop.requested() => {}
            () = self.work() => {}
        }
    }

    async fn work(self) {
        let mut failures = 0;
        loop {
            match self.forwarder.forward(failures).await {
                Ok(Forwarded::RetryAt(at)) => {
                    let leads = self.wait_leading(at).await;
                    failures = if leads { failures + 1 } else { 0 };
                }
                Ok(Forwarded::NotLeading) => {
                    failures = 0;
                    sleep(ASK).await;
                }
                Ok(Forwarded::Events(0)) => sleep(self.poll).await,
                Ok(Forwarded::Events(events)) => {
                    failures = 0;
                    debug!(events, "Handed events on to the desk");
                }
                Err(error) => {
                    warn!(%error, "Events for the desk wait for the store");
                    sleep(ASK).await;
                }
            }
        }
    }

    /// Waits until a moment, and keeps the lead; tells whether that went well.
    async fn wait_leading(&self, until: Timestamp) -> bool {
        let millis = until.as_millis().saturating_sub(self.forwarder.now().as_millis());
        let mut rest = Duration::from_millis(u64::try_from(millis).unwrap_or_default());
        while rest > RENEW {
            sleep(RENEW).await;
            rest -= RENEW;
            if !self.forwarder.lead().await.unwrap_or(false) {
                return false;
            }
        }
        sleep(rest).await;
        true
    }
}
