//! Rows, and their way to and from domain values.

pub(crate) mod agent;
pub(crate) mod conversation;
pub(crate) mod credential;
pub(crate) mod delivery;
pub(crate) mod event;
mod json;
pub(crate) mod key;
#[expect(clippy::ref_option_ref, reason = "what Diesel derives for a borrowed text that may be missing")]
pub(crate) mod message;
pub(crate) mod post;
pub(crate) mod user;

use deskport_domain::{Text, Timestamp};
use deskport_ports::StoreError;

/// A stored value that no domain value can be.
#[derive(Debug, thiserror::Error)]
#[error("no such value can be")]
pub(crate) struct Impossible;

pub(crate) fn text(stored: Option<String>) -> Option<Text> {
    stored.map(Text::from)
}

pub(crate) fn to_text(value: Option<&Text>) -> Option<String> {
    value.map(ToString::to_string)
}

pub(crate) fn moment(what: &'static str, stored: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millis(stored).ok_or_else(|| StoreError::corrupt(what, Impossible))
}

fn moment_if_any(what: &'static str, stored: Option<i64>) -> Result<Option<Timestamp>, StoreError> {
    stored.map(|stored| moment(what, stored)).transpose()
}

/// A count or a position, which is never negative.
pub(crate) fn count<T: TryFrom<i64>>(what: &'static str, stored: i64) -> Result<T, StoreError> {
    T::try_from(stored).map_err(|_| StoreError::corrupt(what, Impossible))
}

/// A position as a number of the database's, which has no greater ones.
pub(crate) fn number(position: u64) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}

/// A tag as a key: 32 bytes, however long it is.
pub(crate) fn tag_key(tag: &Text) -> Vec<u8> {
    hmac_sha256::Hash::hash(tag.as_bytes()).to_vec()
}
