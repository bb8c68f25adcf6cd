//! When to try again after a failure: a pure function of what happened.

use deskport_domain::Timestamp;
use deskport_ports::{Settlement, TransportError};

/// How long Fin is tried before a notification is parked, in milliseconds: 24 hours.
const PATIENCE_MS: i64 = 24 * 60 * 60 * 1_000;
/// The first pause, in milliseconds. Each failure doubles it.
const FIRST_PAUSE_MS: i64 = 1_000;
/// The longest pause, in milliseconds: 15 minutes.
const LONGEST_PAUSE_MS: i64 = 15 * 60 * 1_000;

/// What becomes of a notification whose attempt failed after `attempts` earlier failures.
///
/// Refusals that no repeat can change are parked at once; all else is tried again after a pause that
/// doubles, of which up to half is taken off by `jitter`, or after the pause that the other side asks
/// for, if that is longer. After 24 hours it is parked.
pub(crate) fn after_failure(
    error: &TransportError,
    attempts: u32,
    due_since: Timestamp,
    now: Timestamp,
    jitter: u128,
) -> Settlement {
    let asked_ms = match error {
        TransportError::Refused { status, .. } if is_final(*status) => return Settlement::Parked,
        TransportError::Refused { retry_after, .. } => {
            retry_after.map_or(0, |pause| i64::try_from(pause.as_millis()).unwrap_or(i64::MAX))
        }
        TransportError::Unreachable(_) | TransportError::TimedOut => 0,
    };
    let next = now.plus_millis(pause_ms(attempts, jitter).max(asked_ms));
    if next > due_since.plus_millis(PATIENCE_MS) { Settlement::Parked } else { Settlement::Retry(next) }
}

/// What an operator should look at, told by the answer's status.
pub(super) fn advice(status: Option<u16>) -> &'static str {
    match status {
        Some(401 | 403) => "check fin.webhook_key: Fin does not take it",
        Some(404 | 410) => "check fin.integration_id and fin.region: Fin does not know this integration",
        Some(_) => "see `deskport deliveries show`, then `deskport deliveries retry`",
        None => "check that this machine reaches Fin, then `deskport deliveries retry`",
    }
}

/// A client error says that the same request will never do, with four exceptions.
fn is_final(status: u16) -> bool {
    (400..500).contains(&status) && ![408, 409, 425, 429].contains(&status)
}

fn pause_ms(attempts: u32, jitter: u128) -> i64 {
    let doubled = FIRST_PAUSE_MS.saturating_mul(1_i64.checked_shl(attempts.min(32)).unwrap_or(i64::MAX));
    let pause = doubled.min(LONGEST_PAUSE_MS);
    let half = u128::from(pause.unsigned_abs() / 2);
    pause - i64::try_from(jitter % (half + 1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const NOW: Timestamp = Timestamp::EPOCH;

    fn refused(status: u16, retry_after_s: Option<u64>) -> TransportError {
        TransportError::Refused { status, retry_after: retry_after_s.map(Duration::from_secs) }
    }

    fn pause(error: &TransportError, attempts: u32) -> Option<i64> {
        match after_failure(error, attempts, NOW, NOW, 0) {
            Settlement::Retry(at) => Some(at.as_millis()),
            _ => None,
        }
    }

    #[test]
    fn pauses_double_up_to_a_quarter_of_an_hour() {
        let pauses =
            [0, 1, 2, 9, 10, 40, u32::MAX].map(|attempts| pause(&TransportError::TimedOut, attempts));
        assert_eq!(pauses, [1_000, 2_000, 4_000, 512_000, 900_000, 900_000, 900_000].map(Some));
    }

    #[test]
    fn jitter_takes_off_at_most_half() {
        for jitter in [0, 1, 499, 500, 501, u128::MAX] {
            let pause = pause_ms(0, jitter);
            assert!((500..=1_000).contains(&pause), "{jitter} made {pause}");
        }
        assert_ne!(pause_ms(0, 1), pause_ms(0, 400));
    }

    #[test]
    fn a_longer_pause_that_the_other_side_asks_for_is_kept() {
        assert_eq!(pause(&refused(503, Some(120)), 0), Some(120_000));
        assert_eq!(pause(&refused(429, Some(0)), 3), Some(8_000));
        assert_eq!(pause(&refused(503, Some(u64::MAX)), 0), None);
    }

    #[test]
    fn client_errors_are_parked_at_once_with_four_exceptions() {
        for status in [400, 401, 403, 404, 410, 422, 499] {
            assert_eq!(pause(&refused(status, None), 0), None, "{status}");
        }
        for status in [302, 408, 409, 425, 429, 500, 503] {
            assert_eq!(pause(&refused(status, None), 0), Some(1_000), "{status}");
        }
    }

    #[test]
    fn after_a_day_a_notification_is_parked() {
        let almost = NOW.plus_millis(PATIENCE_MS - 1_000);
        let over = NOW.plus_millis(PATIENCE_MS - 999);
        let error = TransportError::TimedOut;
        assert_eq!(after_failure(&error, 0, NOW, almost, 0), Settlement::Retry(almost.plus_millis(1_000)));
        assert_eq!(after_failure(&error, 0, NOW, over, 0), Settlement::Parked);
    }
}
