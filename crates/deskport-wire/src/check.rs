//! Values of single fields: from what requests say to what the domain means.

use deskport_domain::{self as domain, InvalidId, Patch, Text, Timestamp};
use serde::de::DeserializeOwned;

use crate::{Invalid, MessageType, Status, Visibility, timestamp, words};

/// An id that must be there.
pub(crate) fn required_id<T>(
    field: &str,
    raw: Option<&str>,
    parse: fn(&str) -> Result<T, InvalidId>,
) -> Result<T, Invalid> {
    let raw = raw.ok_or_else(|| missing(field))?;
    parse(raw).map_err(|reason| Invalid::field(field, reason))
}

/// An id that may be left out.
pub(crate) fn optional_id<T>(
    field: &str,
    raw: Option<&str>,
    parse: fn(&str) -> Result<T, InvalidId>,
) -> Result<Option<T>, Invalid> {
    raw.map(|raw| required_id(field, Some(raw), parse)).transpose()
}

/// The caller's own id of an object; an empty one is none.
pub(crate) fn object_id(raw: Option<String>) -> Option<Text> {
    raw.filter(|raw| !raw.is_empty()).map(Text::from)
}

/// Text in an update.
pub(crate) fn text(patch: Patch<String>) -> Patch<Text> {
    patch.map(Text::from)
}

/// A moment.
pub(crate) fn moment(field: &str, raw: &str) -> Result<Timestamp, Invalid> {
    const REASON: &str = "must be a time as ISO 8601 has it, such as 2025-10-27T14:35:00.000Z";
    timestamp::parse(raw).ok_or_else(|| Invalid::field(field, REASON))
}

/// Who may see a message; everybody where nothing is said.
pub(crate) fn visibility(raw: Option<&str>) -> Result<domain::Visibility, Invalid> {
    let visibility: Option<Visibility> = word("visibility", raw, "must be public or private")?;
    Ok(visibility.map_or(domain::Visibility::Public, Into::into))
}

/// Where a conversation stands, if anything is said about it.
pub(crate) fn status(raw: Option<&str>) -> Result<Option<domain::Status>, Invalid> {
    let status: Option<Status> = word("status", raw, "must be open, resolved, closed or ended")?;
    Ok(status.map(Into::into))
}

/// The one type of message that exists, also where nothing is said.
pub(crate) fn message_type(raw: Option<&str>) -> Result<(), Invalid> {
    word::<MessageType>("message_type", raw, "must be comment").map(drop)
}

/// The value of an update's field, checked if there is one.
pub(crate) fn each<T, U>(
    patch: Patch<T>,
    check: impl FnOnce(T) -> Result<U, Invalid>,
) -> Result<Patch<U>, Invalid> {
    match patch {
        Patch::Keep => Ok(Patch::Keep),
        Patch::Clear => Ok(Patch::Clear),
        Patch::Set(value) => check(value).map(Patch::Set),
    }
}

/// A field that must be there and is not.
pub(crate) fn missing(field: &str) -> Invalid {
    Invalid::field(field, "is missing")
}

/// One of the contract's words, if there is one.
fn word<T: DeserializeOwned>(field: &str, raw: Option<&str>, reason: &str) -> Result<Option<T>, Invalid> {
    raw.map(|raw| words::parse(raw).ok_or_else(|| Invalid::field(field, reason))).transpose()
}
