//! Where a stream begins.

use actix_web::{http::header::HeaderMap, web::Bytes};
use deskport_application::{Events, LogBounds, StoreError};
use deskport_wire::Invalid;

use super::frame::{self, Reset};
use crate::desk::call::{Asked, Faults};

/// By which a client that lost its connection says what it has seen; browsers send it by themselves.
const HEADER: &str = "Last-Event-ID";

/// What a client wishes to be told.
pub(super) struct Wish {
    /// Everything after this position; what happens from now on, where nothing is said.
    pub(super) after: Option<u64>,
    /// Messages along with their events.
    pub(super) with_messages: bool,
}

/// Reads the wish. The header wins: a client that comes again repeats its query as it was.
pub(super) fn read(headers: &HeaderMap, asked: &Asked) -> Result<Wish, Invalid> {
    let mut faults = Faults::default();
    let seen = faults.note(last_seen(headers)).flatten();
    let after = faults.note(asked.number("after")).flatten();
    let with_messages = faults.note(match asked.text("include") {
        None => Ok(false),
        Some("message") => Ok(true),
        Some(_) => Err(Invalid::field("include", "must be message")),
    });
    faults.refuse()?;
    Ok(Wish { after: seen.or(after), with_messages: with_messages.unwrap_or_default() })
}

fn last_seen(headers: &HeaderMap) -> Result<Option<u64>, Invalid> {
    let Some(value) = headers.get(HEADER).filter(|value| !value.is_empty()) else { return Ok(None) };
    let number = value.to_str().ok().and_then(|text| text.parse().ok());
    number.map(Some).ok_or_else(|| Invalid::field(HEADER, "must be the id of an event of this stream"))
}

/// The position after which the stream goes on, and what it says first: where it begins, and that
/// events are missing if they are.
pub(super) async fn open(events: &Events, after: Option<u64>) -> Result<(u64, Bytes), StoreError> {
    let LogBounds { forgotten, newest } = events.bounds().await?;
    let position = match after {
        None => newest,
        Some(after) if after < forgotten => forgotten,
        Some(after) => after.min(newest.max(forgotten)),
    };
    let mut opening = Vec::new();
    frame::begin(position, &mut opening);
    if let Some(requested) = after.filter(|after| *after != position) {
        frame::reset(&Reset { requested, resumed_after: position, oldest: forgotten + 1 }, &mut opening);
    }
    Ok((position, opening.into()))
}
