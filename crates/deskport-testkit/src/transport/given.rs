//! What the behaviors send, and to whom.

use std::time::Duration;

use deskport_domain::{Event, EventId, EventKind, Origin};
use deskport_ports::{LoggedEvent, Notification};

use super::{Listener, Make, Reply, Subject, Target};
use crate::build::{conversation_id, message_id, moment};

/// A time limit that nobody reaches.
const PATIENT: Duration = Duration::from_secs(50);
/// A time limit that is reached at once, however slow the machine is.
const IMPATIENT: Duration = Duration::from_millis(200);

/// A listener that replies so, in this order, and a transport that has time.
pub(super) async fn patient(make: Make<'_>, replies: impl IntoIterator<Item = Reply>) -> (Listener, Subject) {
    start(make, replies, PATIENT).await
}

/// The same, and a transport that has hardly any time.
pub(super) async fn impatient(
    make: Make<'_>,
    replies: impl IntoIterator<Item = Reply>,
) -> (Listener, Subject) {
    start(make, replies, IMPATIENT).await
}

async fn start(
    make: Make<'_>,
    replies: impl IntoIterator<Item = Reply>,
    time_limit: Duration,
) -> (Listener, Subject) {
    let listener = Listener::start(replies).await;
    let subject = make(&Target { time_limit, ..target(listener.url()) });
    (listener, subject)
}

/// A patient target at this URL, at a moment of 2025-10-27T14:30:00Z.
pub(super) fn target(url: String) -> Target {
    Target { url, time_limit: PATIENT, now: moment(0) }
}

pub(super) fn notification() -> Notification {
    Notification::Changed(conversation_id("conv_456"))
}

pub(super) fn event() -> LoggedEvent {
    let event = Event {
        id: EventId::of(0xab, 0),
        at: moment(0),
        origin: Origin::Fin,
        kind: EventKind::MessageCreated,
        conversation: Some(conversation_id("conv_456")),
        message: Some(message_id("msg_001")),
        user: None,
        agent: None,
    };
    LoggedEvent { position: 7, event }
}
