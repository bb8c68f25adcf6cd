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
/// How many requests a second make search rest once more as long as a step of it takes.
const REQUESTS: u128 = 250;
/// How many times as long as a step takes search rests at the most.
const LONGEST_REST: u32 = 60;
/// How often old events are forgotten.
const FORGET: Duration = Duration::from_hours(1);

/// Works until it is asked to stop. Everything it does can be cut short and done again.
pub(crate) struct UpkeepLoop {
    pub(crate) helpdesk: Helpdesk,
    /// Names this instance and no other.
    pub(crate) instance: u128,
    /// How long events are kept.
    pub(crate) retention_ms: i64,
    /// Tells how many requests have come so far.
    pub(crate) requests: Box<dyn Fn() -> usize + Send + Sync>,
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
        self.catch_up(until).await?;
        if forgotten_at.is_none_or(|at| at.elapsed() >= FORGET) {
            self.helpdesk.events.forget_older_than(self.retention_ms).await?;
            *forgotten_at = Some(Instant::now());
        }
        Ok(())
    }

    /// Has search catch up, again and again until that moment.
    async fn catch_up(&self, until: Instant) -> Result<(), StoreError> {
        let (mut seen, mut seen_at) = ((self.requests)(), Instant::now());
        while Instant::now() < until {
            let began = Instant::now();
            if !self.helpdesk.upkeep.prepare_search().await? {
                sleep(CATCH_UP).await;
                continue;
            }
            let (requests, now) = ((self.requests)(), Instant::now());
            sleep(rest(now - began, requests.wrapping_sub(seen), now - seen_at)).await;
            (seen, seen_at) = (requests, now);
        }
        Ok(())
    }
}

/// How long to rest after a step that took so long: those who store something wait for what it does, so
/// the more requests come meanwhile, the more of the time is theirs. A step during which the machine stood
/// still for minutes is no reason to rest for hours.
fn rest(took: Duration, requests: usize, meanwhile: Duration) -> Duration {
    let per_second = requests as u128 * 1000 / meanwhile.as_millis().max(1);
    let times =
        u32::try_from(1 + per_second / REQUESTS).map_or(LONGEST_REST, |times| times.min(LONGEST_REST));
    took.saturating_mul(times).min(CATCH_UP)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: Duration = Duration::from_millis(10);
    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn search_takes_half_of_the_time_while_nobody_asks_for_anything() {
        assert_eq!(rest(STEP, 0, SECOND), STEP);
        assert_eq!(rest(STEP, 0, Duration::ZERO), STEP);
    }

    #[test]
    fn search_leaves_more_of_the_time_to_more_requests_but_never_all() {
        assert_eq!(rest(STEP, 1_000, SECOND), STEP * 5);
        assert_eq!(rest(STEP, 1_000, SECOND / 2), STEP * 9);
        assert_eq!(rest(STEP, usize::MAX, SECOND), STEP * 60);
    }

    #[test]
    fn search_goes_on_soon_after_a_step_that_took_very_long() {
        assert_eq!(rest(SECOND * 130, 0, SECOND * 130), CATCH_UP);
        assert_eq!(rest(Duration::MAX, usize::MAX, SECOND), CATCH_UP);
    }
}
