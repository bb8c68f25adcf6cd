//! The machine's clock and randomness, behind the ports.

use std::time::SystemTime;

use deskport_domain::Timestamp;
use deskport_ports::{Clock, IdSource};
use uuid::Uuid;

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemClock;

/// UUIDv7 for ids, the operating system's randomness for secrets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemIds;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the `Clock` that the others ask")]
    fn now(&self) -> Timestamp {
        // Before 1970, which counts as 1970, there was no such machine.
        let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let moment = i64::try_from(since_1970.as_millis()).ok().and_then(Timestamp::from_millis);
        moment.unwrap_or(Timestamp::EPOCH)
    }
}

impl IdSource for SystemIds {
    #[expect(clippy::disallowed_methods, reason = "this is the `IdSource` that the others ask")]
    fn uuid(&self) -> u128 {
        // Counts within a millisecond, so later ids of this process are greater.
        Uuid::now_v7().as_u128()
    }

    #[expect(clippy::expect_used, reason = "without randomness there are no secrets, only bad ones")]
    fn secret(&self) -> [u8; 32] {
        let mut bits = [0; 32];
        getrandom::fill(&mut bits).expect("the operating system gives randomness");
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow() {
        let ids: Vec<u128> = (0..10_000).map(|_| SystemIds.uuid()).collect();
        assert!(ids.is_sorted_by(|left, right| left < right));
    }

    #[test]
    fn secrets_differ() {
        assert_ne!(SystemIds.secret(), SystemIds.secret());
    }
}
