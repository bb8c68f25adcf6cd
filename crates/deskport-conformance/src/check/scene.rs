//! What all rules of one variant share: the client, names for test data, and what is left behind.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use deskport_wire::Variant;
use tokio::sync::OnceCell;

use super::options::CheckOptions;
use crate::client::answer::View;
use crate::client::request::Person;
use crate::client::{Client, Exchange, Received};
use crate::listener::Listener;

/// The moment at which the checker's messages claim to be written; each is a second later than the last.
const FIRST_MESSAGE: time::OffsetDateTime = time::OffsetDateTime::UNIX_EPOCH.saturating_add(BEGINNING);
const BEGINNING: time::Duration = time::Duration::seconds(1_761_575_400);

/// Something that the checker made and cannot remove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// `user` or `conversation`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// The name or title that shows whose it is.
    pub mark: String,
}

/// An answer that says success, parsed.
#[derive(Debug)]
pub(super) struct Success {
    pub(super) exchange: Arc<Exchange>,
    pub(super) received: Received,
    /// None if it is not JSON.
    pub(super) view: Option<View>,
}

impl Success {
    fn read(exchange: Arc<Exchange>) -> Option<Self> {
        let received = exchange.success()?.clone();
        let view = received.view();
        Some(Self { exchange, received, view })
    }
}

/// One variant of one server, while it is judged.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) client: Client,
    pub(super) options: &'a CheckOptions,
    pub(super) listener: Option<&'a Listener>,
    pub(super) user: OnceCell<Result<Person, String>>,
    pub(super) agent: OnceCell<Result<Person, String>>,
    /// Whether messages can be stored and listed, and conversations updated, at all; or why not.
    pub(super) messages: OnceCell<Result<(), String>>,
    pub(super) updates: OnceCell<Result<(), String>>,
    run: String,
    counter: &'a AtomicU32,
    exchanges: Mutex<Vec<Arc<Exchange>>>,
    successes: OnceLock<Vec<Success>>,
    leftovers: Mutex<Vec<Leftover>>,
    /// Conversations that the helpdesk was made to change.
    touched: Mutex<Vec<String>>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(client: Client, options: &'a CheckOptions, run: &str, counter: &'a AtomicU32) -> Self {
        Self {
            client,
            options,
            listener: None,
            user: OnceCell::new(),
            agent: OnceCell::new(),
            messages: OnceCell::new(),
            updates: OnceCell::new(),
            run: run.to_owned(),
            counter,
            exchanges: Mutex::default(),
            successes: OnceLock::new(),
            leftovers: Mutex::default(),
            touched: Mutex::default(),
        }
    }

    pub(super) fn variant(&self) -> Variant {
        self.client.variant()
    }

    /// A number that this run has not used yet.
    pub(super) fn number(&self) -> u32 {
        self.counter.fetch_add(1, Ordering::Relaxed)
    }

    /// An `object_id` that no run has used yet: digits, as in the published examples.
    pub(super) fn object_id(&self) -> String {
        format!("{}{:05}", self.run, self.number())
    }

    /// Text that shows that this checker made it.
    pub(super) fn mark(&self, what: &str) -> String {
        format!("Conformance {} {what} {}", self.run, self.number())
    }

    /// An address that no run has used yet: a helpdesk may know people by it.
    pub(super) fn email(&self) -> String {
        format!("conformance.{}.{}@example.com", self.run, self.number())
    }

    /// The moment for message `number`.
    pub(super) fn moment(number: u32) -> String {
        let moment = FIRST_MESSAGE.saturating_add(time::Duration::seconds(i64::from(number)));
        let (date, clock) = (moment.date(), moment.time());
        let (month, day) = (u8::from(date.month()), date.day());
        let (hour, minute, second) = clock.as_hms();
        format!("{:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.000Z", date.year())
    }

    pub(super) fn remember(&self, exchange: &Arc<Exchange>) {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).push(exchange.clone());
    }

    /// Everything that was sent and came back so far.
    pub(super) fn exchanges(&self) -> Vec<Arc<Exchange>> {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Every answer that says success, as far as the run has come when this is first asked.
    pub(super) fn successes(&self) -> &[Success] {
        self.successes.get_or_init(|| self.exchanges().into_iter().filter_map(Success::read).collect())
    }

    pub(super) fn leave(&self, kind: &'static str, id: &str, mark: &str) {
        let leftover = Leftover { kind, id: id.to_owned(), mark: mark.to_owned() };
        let mut leftovers = self.leftovers.lock().unwrap_or_else(PoisonError::into_inner);
        if !leftovers.iter().any(|known| known.kind == kind && known.id == leftover.id) {
            leftovers.push(leftover);
        }
    }

    /// From now on the helpdesk itself has changed this conversation.
    pub(super) fn touch(&self, id: &str) {
        self.touched.lock().unwrap_or_else(PoisonError::into_inner).push(id.to_owned());
    }

    /// The conversations that nobody but this run, as Fin, has changed.
    pub(super) fn untouched(&self) -> Vec<String> {
        let touched = self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        let leftovers = self.leftovers.lock().unwrap_or_else(PoisonError::into_inner);
        let ids = leftovers.iter().filter(|left| left.kind == "conversation").map(|left| left.id.clone());
        ids.filter(|id| !touched.contains(id)).collect()
    }

    pub(super) fn into_leftovers(self) -> Vec<Leftover> {
        self.leftovers.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}
