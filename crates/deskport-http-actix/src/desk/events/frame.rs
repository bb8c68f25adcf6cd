//! Events as server-sent events write them.

use deskport_application::LoggedEvent;
use deskport_domain::AuthoredMessage;
use deskport_wire::{
    to_json,
    webhook::{DeskEvent, DeskEventData},
};
use serde::Serialize;

use crate::desk::view::Message;

/// A line that only says that the stream is alive.
pub(super) const HEARTBEAT: &[u8] = b": heartbeat\n\n";

/// How long clients wait before they connect again, in milliseconds.
const RETRY_MS: u32 = 2_000;

/// What a `reset` event says: the stream does not go on where it was asked to.
#[derive(Serialize)]
pub(super) struct Reset {
    /// The position after which the client wished to go on.
    pub(super) requested: u64,
    /// The position after which the stream goes on; events in between may be missing.
    pub(super) resumed_after: u64,
    /// The oldest position that the log may still hold.
    pub(super) oldest: u64,
}

/// An event with what was asked for beside it.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    timestamp: &'a str,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    #[serde(flatten)]
    ids: &'a DeskEventData,
    /// Null for a message that is gone by now.
    message: Option<Message<'a>>,
}

/// Says where the stream begins: a client that loses it before the first event misses nothing.
pub(super) fn begin(position: u64, to: &mut Vec<u8>) {
    to.extend_from_slice(format!("retry: {RETRY_MS}\nid: {position}\n\n").as_bytes());
}

/// Says that events may be missing.
pub(super) fn reset(reset: &Reset, to: &mut Vec<u8>) {
    frame(reset.resumed_after, "reset", &to_json(reset), to);
}

/// Tells of an event.
pub(super) fn event(logged: &LoggedEvent, to: &mut Vec<u8>) {
    let told = DeskEvent::new(&logged.event, Some(logged.position));
    frame(logged.position, &told.kind, &to_json(&told), to);
}

/// Tells of an event about a message, along with the message if it is still there.
pub(super) fn event_with(logged: &LoggedEvent, message: Option<&AuthoredMessage>, to: &mut Vec<u8>) {
    let DeskEvent { kind, timestamp, data } = DeskEvent::new(&logged.event, Some(logged.position));
    let data = Data { ids: &data, message: message.map(Message::from) };
    let json = to_json(&Told { kind: &kind, timestamp: &timestamp, data });
    frame(logged.position, &kind, &json, to);
}

/// JSON has no line breaks of its own, so one line of data is enough.
fn frame(position: u64, kind: &str, json: &[u8], to: &mut Vec<u8>) {
    to.extend_from_slice(format!("id: {position}\nevent: {kind}\ndata: ").as_bytes());
    to.extend_from_slice(json);
    to.extend_from_slice(b"\n\n");
}
