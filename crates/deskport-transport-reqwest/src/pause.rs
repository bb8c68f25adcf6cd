//! `Retry-After`: how long the other side asks to wait (RFC 9110, section 10.2.3).

use std::time::{Duration, UNIX_EPOCH};

use deskport_domain::Timestamp;

/// The pause that `asked` stands for at the moment `now`: whole seconds, or a date.
pub(crate) fn read(asked: &str, now: Timestamp) -> Option<Duration> {
    let asked = asked.trim();
    if asked.bytes().all(|byte| byte.is_ascii_digit()) {
        return asked.parse().ok().map(Duration::from_secs);
    }
    let until = httpdate::parse_http_date(asked).ok()?.duration_since(UNIX_EPOCH).ok()?;
    let now = Duration::from_millis(u64::try_from(now.as_millis()).unwrap_or_default());
    Some(until.saturating_sub(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_counts_from_now() {
        let now = Timestamp::from_millis(1_761_575_400_500).unwrap();
        let read = |asked| read(asked, now);
        assert_eq!(read("Mon, 27 Oct 2025 14:32:00 GMT"), Some(Duration::from_millis(119_500)));
        assert_eq!(read("Mon, 27 Oct 2025 14:30:00 GMT"), Some(Duration::ZERO));
        assert_eq!(read("120"), Some(Duration::from_mins(2)));
        assert_eq!(read(""), None);
        assert_eq!(read("next week"), None);
    }
}
