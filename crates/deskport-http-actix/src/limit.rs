//! Rates held by the generic cell rate algorithm, for a bounded number of keys.

use std::{
    convert::Infallible,
    fmt,
    hash::Hash,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use deskport_domain::Timestamp;
use quick_cache::sync::Cache;

use crate::RateLimit;

/// Holds each key to a rate. When there are too many keys, those of long ago start afresh.
pub(crate) struct Limiter<K> {
    /// How far apart two events are in the long run, in microseconds.
    spacing: i64,
    /// How far ahead of that a key may run.
    slack: i64,
    /// When each key would have spent all that it was given.
    spent_until: Cache<K, Arc<AtomicI64>>,
}

/// Too early: try again after so many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wait(pub(crate) u32);

impl<K: Eq + Hash + Clone> Limiter<K> {
    pub(crate) fn new(rate: RateLimit, keys: usize) -> Self {
        Self::spaced(1_000_000 / i64::from(rate.per_second.get()), rate.burst.get(), keys)
    }

    /// One event each `spacing` microseconds, `burst` at once after a pause.
    pub(crate) fn spaced(spacing: i64, burst: u32, keys: usize) -> Self {
        let slack = spacing * i64::from(burst.saturating_sub(1));
        Self { spacing, slack, spent_until: Cache::new(keys) }
    }

    /// Counts an event, unless it comes too early.
    pub(crate) fn take(&self, key: &K, now: Timestamp) -> Result<(), Wait> {
        let now = micros(now);
        let counted = self.spent(key).try_update(Ordering::AcqRel, Ordering::Acquire, |spent| {
            let spent = self.sane(spent, now);
            (spent - now <= self.slack).then_some(spent + self.spacing)
        });
        counted.map(drop).map_err(|spent| self.wait(spent, now))
    }

    /// Whether an event would come too early.
    pub(crate) fn check(&self, key: &K, now: Timestamp) -> Result<(), Wait> {
        let now = micros(now);
        let Some(spent) = self.spent_until.get(key) else { return Ok(()) };
        let spent = self.sane(spent.load(Ordering::Acquire), now);
        if spent - now <= self.slack { Ok(()) } else { Err(self.wait(spent, now)) }
    }

    fn spent(&self, key: &K) -> Arc<AtomicI64> {
        let Ok(spent) = self.spent_until.get_or_insert_with(key, || Ok::<_, Infallible>(Arc::default()));
        spent
    }

    /// Forgets the past, and what a clock that was set back makes of it.
    fn sane(&self, spent: i64, now: i64) -> i64 {
        if (now..=now + self.slack + self.spacing).contains(&spent) { spent } else { now }
    }

    fn wait(&self, spent: i64, now: i64) -> Wait {
        let seconds = (spent - now - self.slack).unsigned_abs().div_ceil(1_000_000);
        Wait(u32::try_from(seconds).unwrap_or(u32::MAX))
    }
}

fn micros(moment: Timestamp) -> i64 {
    moment.as_millis() * 1_000
}

impl<K> fmt::Debug for Limiter<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limiter").field("spacing", &self.spacing).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 1_761_575_400_000;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(START + millis).unwrap()
    }

    #[test]
    fn a_burst_passes_and_then_the_steady_rate() {
        let limiter = Limiter::spaced(500_000, 2, 10);
        assert_eq!(limiter.take(&1, at(0)), Ok(()));
        assert_eq!(limiter.take(&1, at(0)), Ok(()));
        assert_eq!(limiter.take(&1, at(0)), Err(Wait(1)));
        assert_eq!(limiter.take(&1, at(499)), Err(Wait(1)));
        assert_eq!(limiter.take(&1, at(500)), Ok(()));
        assert_eq!(limiter.take(&1, at(500)), Err(Wait(1)));
    }

    #[test]
    fn each_key_has_its_own_rate() {
        let limiter = Limiter::spaced(10_000_000, 1, 10);
        assert_eq!(limiter.take(&1, at(0)), Ok(()));
        assert_eq!(limiter.take(&2, at(0)), Ok(()));
        assert_eq!(limiter.take(&1, at(0)), Err(Wait(10)));
        assert_eq!(limiter.check(&1, at(9_999)), Err(Wait(1)));
        assert_eq!(limiter.check(&1, at(10_000)), Ok(()));
    }

    #[test]
    fn a_clock_that_was_set_back_locks_nobody_out() {
        let limiter = Limiter::spaced(1_000_000, 1, 10);
        assert_eq!(limiter.take(&1, at(0)), Ok(()));
        assert_eq!(limiter.take(&1, at(-3_600_000)), Ok(()));
    }
}
