//! A transport that remembers what it was given.

use std::sync::Mutex;

use async_trait::async_trait;
use deskport_ports::{Accepted, EventTransport, LoggedEvent, Notification, TransportError, WebhookTransport};
use tokio::sync::watch;

use super::Outcome;

/// Remembers what it was given, in that order, and answers each time as it was told.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// use deskport_ports::{Notification, WebhookTransport};
/// use deskport_testkit::{build::conversation_id, fake::RecordingTransport};
///
/// let transport = RecordingTransport::default();
/// let changed = Notification::Changed(conversation_id("conv_1"));
/// assert_eq!(transport.send(&changed).await.unwrap().status, 200);
/// assert_eq!(transport.notifications(), [changed]);
/// # });
/// ```
#[derive(Debug)]
pub struct RecordingTransport {
    outcome: Mutex<Outcome>,
    sent: watch::Sender<Sent>,
}

#[derive(Debug, Default)]
struct Sent {
    notifications: Vec<Notification>,
    events: Vec<LoggedEvent>,
}

impl RecordingTransport {
    /// A transport whose every attempt ends so. For attempts that hang there is
    /// [`FlakyTransport`](super::FlakyTransport).
    pub fn answering(outcome: Outcome) -> Self {
        Self { outcome: Mutex::new(outcome), sent: watch::Sender::default() }
    }

    /// Lets every attempt end so from now on.
    pub fn answer(&self, outcome: Outcome) {
        *self.outcome.lock().unwrap() = outcome;
    }

    /// The notifications so far, taken or not.
    pub fn notifications(&self) -> Vec<Notification> {
        self.sent.borrow().notifications.clone()
    }

    /// The events so far, taken or not.
    pub fn events(&self) -> Vec<LoggedEvent> {
        self.sent.borrow().events.clone()
    }

    /// Waits until there were so many attempts.
    pub async fn until_attempts(&self, count: usize) {
        let enough = |sent: &Sent| sent.notifications.len() + sent.events.len() >= count;
        self.sent.subscribe().wait_for(enough).await.unwrap();
    }

    pub(super) fn note(&self, notification: &Notification) {
        self.sent.send_modify(|sent| sent.notifications.push(notification.clone()));
    }

    pub(super) fn note_event(&self, event: &LoggedEvent) {
        self.sent.send_modify(|sent| sent.events.push(event.clone()));
    }

    fn result(&self) -> Result<Accepted, TransportError> {
        self.outcome.lock().unwrap().result()
    }
}

/// Takes everything.
impl Default for RecordingTransport {
    fn default() -> Self {
        Self::answering(Outcome::Accept)
    }
}

#[async_trait]
impl WebhookTransport for RecordingTransport {
    async fn send(&self, notification: &Notification) -> Result<Accepted, TransportError> {
        self.note(notification);
        self.result()
    }
}

#[async_trait]
impl EventTransport for RecordingTransport {
    async fn send_event(&self, event: &LoggedEvent) -> Result<Accepted, TransportError> {
        self.note_event(event);
        self.result()
    }
}
