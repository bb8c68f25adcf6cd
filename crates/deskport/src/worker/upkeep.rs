//! Keeps the store in shape, if this instance leads: a search index that is ready, no old events.

use std::time::Duration;

use deskport_application::Helpdesk;
use deskport_ports::StoreError;
use tokio::time::{Instant, sleep};
use tracing::warn;

use super::Stop;

/// How often an instance says that it still leads, or asks whether it should; a lead lasts a minute.
const RENEW: Duration = Duration::from_secs(20);
/// How long the search index may lag behind before somebody searches.
const CATCH_UP: Duration = Duration::from_secs(2);
/// How many times as long as catching up took is left to others before the next step.
const REST: u32 = 4;
/// How often old events are forgotten.
const FORGET: Duration = Duration::from_hours(1);

/// Works until it is asked to stop. Everything it does can be cut short and done again.
#[derive(Debug)]
pub(crate) struct UpkeepLoop {
    pub(crate) helpdesk: Helpdesk,
    /// Names this instance and no other.
    pub(crate) instance: u128,
    /// How long events are kept.
    pub(crate) retention_ms: i64,
}

impl UpkeepLoop {
    /// Works until `stop` says to stop.
    pub(crate) async fn run(self, mut stop: Stop) {
        tokio::select! {
            () = stop.requested() => {}
            () = self.work() => {}
        }
    }

    async fn work(self) {
        let mut forgotten_at = None;
        loop {
            if let Err(error) = self.round(&mut forgotten_at).await {
                warn!(%error, "The upkeep of the store waits for the store");
                sleep(RENEW).await;
            }
        }
    }

    /// What is to be done until the lead must be renewed.
    async fn round(&self, forgotten_at: &mut Option<Instant>) -> Result<(), StoreError> {
        let until = Instant::now() + RENEW;
        if !self.helpdesk.upkeep.lead(self.instance).await? {
            sleep(RENEW).await;
            return Ok(());
        }
        self.catch_up().await?;
        if forgotten_at.is_none_or(|at| at.elapsed() >= FORGET) {
            self.helpdesk.events.forget_older_than(self.retention_ms).await?;
            *forgotten_at = Some(Instant::now());
        }
        while Instant::now() < until {
            sleep(CATCH_UP).await;
            self.catch_up().await?;
        }
        Ok(())
    }

    /// Leaves most of the time to those who store something: they wait for what this does.
    async fn catch_up(&self) -> Result<(), StoreError> {
        loop {
            let began = Instant::now();
            if !self.helpdesk.upkeep.prepare_search().await? {
                return Ok(());
            }
            sleep(began.elapsed() * REST).await;
        }
    }
}
