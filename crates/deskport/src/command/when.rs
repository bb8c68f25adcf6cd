//! Moments, as they are shown.

use deskport_domain::Timestamp;
use deskport_wire::TimestampText;

/// A moment in ISO 8601.
pub(crate) fn when(moment: Timestamp) -> String {
    TimestampText::from(moment).as_str().to_owned()
}

/// Whether something ended, and how that is called.
pub(crate) fn state(end: Option<Timestamp>, ended: &str) -> String {
    end.map_or("active", |_| ended).to_owned()
}
