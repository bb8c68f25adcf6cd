//! Rows, and their way to and from domain values.

pub(crate) mod agent;
pub(crate) mod conversation;
pub(crate) mod credential;
mod json;
pub(crate) mod key;
pub(crate) mod message;
pub(crate) mod user;

use deskport_domain::{Text, Timestamp};
use deskport_ports::StoreError;

/// A stored value that no domain value can be.
#[derive(Debug, thiserror::Error)]
#[error("no such value can be")]
pub(crate) struct Impossible;

fn text(stored: Option<String>) -> Option<Text> {
    stored.map(Text::from)
}

fn to_text(value: Option<&Text>) -> Option<String> {
    value.map(ToString::to_string)
}

fn moment(what: &'static str, stored: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millis(stored).ok_or_else(|| StoreError::corrupt(what, Impossible))
}

fn moment_if_any(what: &'static str, stored: Option<i64>) -> Result<Option<Timestamp>, StoreError> {
    stored.map(|stored| moment(what, stored)).transpose()
}
