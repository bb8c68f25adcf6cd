//! A moment: whole milliseconds of UTC, as the contract writes them.

/// A moment in the years 0 to 9999, in milliseconds since 1970-01-01T00:00:00Z.
///
/// ```
/// use deskport_domain::Timestamp;
/// assert_eq!(Timestamp::from_millis(1_761_575_400_000).map(Timestamp::as_millis), Some(1_761_575_400_000));
/// assert_eq!(Timestamp::from_millis(i64::MAX), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// 1970-01-01T00:00:00.000Z.
    pub const EPOCH: Self = Self(0);
    /// 0000-01-01T00:00:00.000Z.
    pub const MIN: Self = Self(-62_167_219_200_000);
    /// 9999-12-31T23:59:59.999Z.
    pub const MAX: Self = Self(253_402_300_799_999);

    /// The moment `millis` after the epoch; `None` outside of the years 0 to 9999.
    pub const fn from_millis(millis: i64) -> Option<Self> {
        if millis < Self::MIN.0 || millis > Self::MAX.0 { None } else { Some(Self(millis)) }
    }

    /// Milliseconds since the epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// This moment moved by `millis`, held within the years 0 to 9999.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        let moved = self.0.saturating_add(millis);
        match Self::from_millis(moved) {
            Some(moment) => moment,
            None if millis < 0 => Self::MIN,
            None => Self::MAX,
        }
    }
}
