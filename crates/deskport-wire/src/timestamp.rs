//! Moments as the contract writes them: ISO 8601, UTC, milliseconds, always 24 characters.

use deskport_domain::Timestamp;
use serde::{Serialize, Serializer};
use time::{
    OffsetDateTime, PrimitiveDateTime,
    format_description::well_known::{Iso8601, Rfc3339},
};

/// A moment's text, such as `2025-10-27T14:35:00.000Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimestampText([u8; 24]);

/// Reads a moment: RFC 3339 or another form of ISO 8601 with date and time, where a missing zone
/// means UTC. Parts of milliseconds are cut off.
///
/// ```
/// use deskport_wire::{TimestampText, parse_timestamp};
///
/// for raw in ["2025-10-27T14:35:00Z", "2025-10-27T16:35:00.0009+02:00", "2025-10-27T14:35:00"] {
///     let moment = parse_timestamp(raw).unwrap();
///     assert_eq!(TimestampText::from(moment).as_str(), "2025-10-27T14:35:00.000Z");
/// }
/// assert_eq!(parse_timestamp("yesterday"), None);
/// ```
pub fn parse(raw: &str) -> Option<Timestamp> {
    let moment = OffsetDateTime::parse(raw, &Rfc3339)
        .or_else(|_| OffsetDateTime::parse(raw, &Iso8601::PARSING))
        .or_else(|_| PrimitiveDateTime::parse(raw, &Iso8601::PARSING).map(PrimitiveDateTime::assume_utc))
        .ok()?;
    let millis = moment.unix_timestamp_nanos().div_euclid(1_000_000);
    Timestamp::from_millis(i64::try_from(millis).ok()?)
}

impl TimestampText {
    /// The text.
    pub fn as_str(&self) -> &str {
        // All bytes are ASCII, so this never falls back.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    fn put(&mut self, at: usize, digits: usize, number: i64) {
        let mut rest = number;
        for place in (at..at + digits).rev() {
            self.0[place] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
            rest /= 10;
        }
    }
}

impl From<Timestamp> for TimestampText {
    fn from(moment: Timestamp) -> Self {
        const DAY: i64 = 86_400_000;
        let (days, millis) = (moment.as_millis().div_euclid(DAY), moment.as_millis().rem_euclid(DAY));
        let (year, month, day) = date(days);
        let mut text = Self(*b"0000-00-00T00:00:00.000Z");
        text.put(0, 4, year);
        text.put(5, 2, month);
        text.put(8, 2, day);
        text.put(11, 2, millis / 3_600_000);
        text.put(14, 2, millis / 60_000 % 60);
        text.put(17, 2, millis / 1000 % 60);
        text.put(20, 3, millis % 1000);
        text
    }
}

/// The Gregorian date, `days` after 1970-01-01: counted in years that begin in March, so that the
/// leap day comes last, and in eras of 400 years, which all have the same length.
fn date(days: i64) -> (i64, i64, i64) {
    let since_march_of_year_0 = days + 719_468;
    let (era, day) = (since_march_of_year_0.div_euclid(146_097), since_march_of_year_0.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next_year) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year + next_year, month, day_of_month)
}

impl Serialize for TimestampText {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}
