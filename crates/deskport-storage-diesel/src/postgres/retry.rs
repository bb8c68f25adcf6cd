//! When to try again, and how long to wait before.

use std::{
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use crate::error::{Failure, is_contention, is_lost};

/// How often work is begun before its failure is final.
const ATTEMPTS: u32 = 8;
const LONGEST_PAUSE: u64 = 200;

/// Counts the attempts of one piece of work.
///
/// The whole work is tried again after a serialization failure, a deadlock, a race for a key, or a
/// connection that was lost before the commit. A server that cannot be reached is no such case:
/// that fails at once, for the caller knows better how long to wait.
#[derive(Debug, Default)]
pub(super) struct Retry {
    attempts: u32,
}

impl Retry {
    /// Waits until the next attempt is due; gives the failure back if there is to be none.
    pub(super) async fn after(&mut self, failure: Failure) -> Result<(), Failure> {
        self.attempts += 1;
        let pause = match &failure {
            // The other's work is done: it will be seen at once.
            Failure::Raced => 0,
            Failure::Database(error) if is_contention(error) => self.pause(),
            Failure::Database(error) if is_lost(error) => self.pause(),
            _ => return Err(failure),
        };
        if self.attempts >= ATTEMPTS {
            return Err(failure);
        }
        tracing::debug!(?failure, attempt = self.attempts, "Trying a transaction again");
        if pause > 0 {
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
        Ok(())
    }

    /// Milliseconds: grows with each attempt, at random between half and the whole.
    fn pause(&self) -> u64 {
        let whole = LONGEST_PAUSE.min(4 << self.attempts);
        let random = RandomState::new().hash_one(self.attempts);
        whole / 2 + random % (whole / 2 + 1)
    }
}
