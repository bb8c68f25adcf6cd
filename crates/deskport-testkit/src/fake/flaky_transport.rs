//! A transport that follows a script of failures.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use async_trait::async_trait;
use deskport_domain::ConversationId;
use deskport_ports::{Accepted, EventTransport, LoggedEvent, Notification, TransportError, WebhookTransport};
use tokio::sync::{Semaphore, watch};

use super::{Outcome, RecordingTransport};

/// Lets each attempt end as a script says, and remembers all. After the script it takes everything.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// use deskport_ports::{Notification, WebhookTransport};
/// use deskport_testkit::{build::conversation_id, fake::{FlakyTransport, Outcome}};
///
/// let transport = FlakyTransport::following([Outcome::Refuse(503, None), Outcome::TimeOut]);
/// let changed = Notification::Changed(conversation_id("conv_1"));
/// assert!(transport.send(&changed).await.is_err());
/// assert!(transport.send(&changed).await.is_err());
/// assert!(transport.send(&changed).await.is_ok());
/// assert_eq!(transport.record().notifications().len(), 3);
/// # });
/// ```
#[derive(Debug)]
pub struct FlakyTransport {
    script: Mutex<VecDeque<Outcome>>,
    exceptions: Mutex<HashMap<ConversationId, Outcome>>,
    record: RecordingTransport,
    hanging: watch::Sender<usize>,
    released: Semaphore,
}

impl FlakyTransport {
    /// A transport whose attempts end in this order.
    pub fn following(script: impl IntoIterator<Item = Outcome>) -> Self {
        Self {
            script: Mutex::new(script.into_iter().collect()),
            exceptions: Mutex::default(),
            record: RecordingTransport::default(),
            hanging: watch::Sender::default(),
            released: Semaphore::new(0),
        }
    }

    /// Lets every notification of this conversation end so, beside the script.
    pub fn always(&self, conversation: &ConversationId, outcome: Outcome) {
        self.exceptions.lock().unwrap().insert(conversation.clone(), outcome);
    }

    /// What it was given.
    pub fn record(&self) -> &RecordingTransport {
        &self.record
    }

    /// Waits until so many attempts hang at the same time.
    pub async fn until_hanging(&self, count: usize) {
        self.hanging.subscribe().wait_for(|hanging| *hanging >= count).await.unwrap();
    }

    /// How many attempts hang.
    pub fn hanging(&self) -> usize {
        *self.hanging.borrow()
    }

    /// Lets so many attempts that hang, or will hang, be taken.
    pub fn release(&self, count: usize) {
        self.released.add_permits(count);
    }

    async fn end(&self, outcome: Outcome) -> Result<Accepted, TransportError> {
        if outcome == Outcome::Hang {
            let _hanging = Hanging::new(&self.hanging);
            self.released.acquire().await.unwrap().forget();
        }
        outcome.result()
    }

    fn next(&self) -> Outcome {
        self.script.lock().unwrap().pop_front().unwrap_or(Outcome::Accept)
    }
}

#[async_trait]
impl WebhookTransport for FlakyTransport {
    async fn send(&self, notification: &Notification) -> Result<Accepted, TransportError> {
        let (Notification::Changed(conversation) | Notification::Typing(conversation, _)) = notification;
        let exception = self.exceptions.lock().unwrap().get(conversation).copied();
        let outcome = exception.unwrap_or_else(|| self.next());
        self.record.note(notification);
        self.end(outcome).await
    }
}

#[async_trait]
impl EventTransport for FlakyTransport {
    async fn send_event(&self, event: &LoggedEvent) -> Result<Accepted, TransportError> {
        let outcome = self.next();
        self.record.note_event(event);
        self.end(outcome).await
    }
}

/// Counts an attempt as hanging for as long as somebody waits for it.
struct Hanging<'a>(&'a watch::Sender<usize>);

impl<'a> Hanging<'a> {
    fn new(count: &'a watch::Sender<usize>) -> Self {
        count.send_modify(|hanging| *hanging += 1);
        Self(count)
    }
}

impl Drop for Hanging<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|hanging| *hanging -= 1);
    }
}
