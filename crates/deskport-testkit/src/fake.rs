//! A clock, an id source and transports that do what a test says.

mod flaky_transport;
mod outcome;
mod recording_transport;

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use deskport_domain::Timestamp;
use deskport_ports::{Clock, IdSource};

pub use flaky_transport::FlakyTransport;
pub use outcome::Outcome;
pub use recording_transport::RecordingTransport;

/// A clock that stands still until it is told to move.
///
/// ```
/// use deskport_ports::Clock;
/// use deskport_testkit::{build::moment, fake::FixedClock};
///
/// let clock = FixedClock::at(moment(0));
/// clock.advance(1_000);
/// assert_eq!(clock.now(), moment(1_000));
/// clock.set(moment(-5));
/// assert_eq!(clock.now(), moment(-5));
/// ```
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock that shows this moment.
    pub fn at(moment: Timestamp) -> Self {
        Self(AtomicI64::new(moment.as_millis()))
    }

    /// Shows this moment from now on.
    pub fn set(&self, moment: Timestamp) {
        self.0.store(moment.as_millis(), Ordering::SeqCst);
    }

    /// Moves by so many milliseconds, backwards if they are negative.
    pub fn advance(&self, millis: i64) {
        self.set(self.now().plus_millis(millis));
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// Counts ids and secrets up from one, so that a test knows them beforehand.
///
/// ```
/// use deskport_ports::IdSource;
/// use deskport_testkit::fake::SequentialIds;
///
/// let ids = SequentialIds::default();
/// assert_eq!((ids.uuid(), ids.uuid()), (1, 2));
/// assert_eq!(ids.secret()[31], 1);
/// ```
#[derive(Debug, Default)]
pub struct SequentialIds {
    uuids: AtomicU64,
    secrets: AtomicU64,
}

impl IdSource for SequentialIds {
    fn uuid(&self) -> u128 {
        u128::from(next(&self.uuids))
    }

    /// The number in its last eight bytes.
    fn secret(&self) -> [u8; 32] {
        let mut secret = [0; 32];
        secret[24..].copy_from_slice(&next(&self.secrets).to_be_bytes());
        secret
    }
}

fn next(counter: &AtomicU64) -> u64 {
    counter.fetch_add(1, Ordering::SeqCst) + 1
}
