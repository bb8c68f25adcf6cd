//! Fin's clock, which may run faster than ours.

use std::time::Duration;

use deskport_domain::Timestamp;
use deskport_wire::TimestampText;

use super::options::Begin;
use crate::client::since_epoch;

/// How many times faster than life a simulation runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace(f64);

impl Pace {
    /// As fast as life.
    pub const LIFE: Self = Self(1.0);

    /// So many times as fast as life; `None` for nonsense.
    pub fn new(speed: f64) -> Option<Self> {
        (0.001..=1e9).contains(&speed).then_some(Self(speed))
    }

    /// How long `time` takes.
    pub fn scale(self, time: Duration) -> Duration {
        time.div_f64(self.0)
    }
}

/// What the time is where Fin is.
#[derive(Debug)]
pub(super) struct Clock {
    begin: Begin,
    passed: Duration,
    pace: Pace,
}

impl Clock {
    pub(super) fn new(begin: Begin, pace: Pace) -> Self {
        Self { begin, passed: Duration::ZERO, pace }
    }

    /// A second passes, in no time.
    pub(super) fn tick(&mut self) {
        self.passed += Duration::from_secs(1);
    }

    /// Waits until `time` has passed.
    pub(super) async fn pass(&mut self, time: Duration) {
        self.passed += time;
        tokio::time::sleep(self.pace.scale(time)).await;
    }

    /// The moment, as requests write it.
    pub(super) fn moment(&self) -> String {
        let since_epoch = match self.begin {
            Begin::Now => since_epoch(),
            Begin::At(begin) => begin + self.passed,
        };
        let millis = i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX);
        let moment = Timestamp::from_millis(millis).unwrap_or(Timestamp::MAX);
        TimestampText::from(moment).as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_no_pace() {
        for speed in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Pace::new(speed), None);
        }
    }

    #[test]
    fn time_stands_still_between_steps() {
        let mut clock = Clock::new(Begin::At(Duration::from_secs(1_761_575_401)), Pace::LIFE);
        assert_eq!(clock.moment(), "2025-10-27T14:30:01.000Z");
        clock.tick();
        assert_eq!(clock.moment(), "2025-10-27T14:30:02.000Z");
    }
}
