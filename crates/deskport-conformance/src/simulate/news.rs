//! What the helpdesk tells Fin, and how long Fin waits for it.

use std::io;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout_at};

use super::audience::{Audience, Reporter, Side};
use super::options::Inbox;
use crate::client::Secrets;
use crate::listener::{Listener, Notification};

/// Fin's end of the webhooks.
#[derive(Debug)]
pub(super) struct News {
    listener: Listener,
    options: Inbox,
    /// How many notifications Fin has acted on.
    heard: usize,
}

impl News {
    pub(super) fn listen(options: Inbox, audience: Arc<dyn Audience>, secrets: Secrets) -> io::Result<Self> {
        let reporter = Arc::new(Reporter { side: Side::Webhook, audience, secrets });
        let listener = Listener::watched(options.socket()?, reporter)?;
        Ok(Self { listener, options, heard: 0 })
    }

    /// How many came so far.
    pub(super) fn count(&self) -> usize {
        *self.listener.count().borrow()
    }

    /// Word of each one more.
    pub(super) fn follow(&self) -> watch::Receiver<usize> {
        self.listener.count()
    }

    pub(super) fn refuse_next(&self, count: u32) {
        self.listener.refuse_next(count);
    }

    /// Waits until a change of `conversation` was told after the first `since` notifications, and until no more come
    /// for a moment. False if none came.
    pub(super) async fn wait_for(&self, conversation: &str, since: usize) -> bool {
        let end = Instant::now() + self.options.patience;
        let mut count = self.listener.count();
        let is_told = |notification: &Notification| {
            is_change(notification) && notification.conversation_id().as_deref() == Some(conversation)
        };
        while !self.listener.received().iter().skip(since).any(is_told) {
            if !matches!(timeout_at(end, count.changed()).await, Ok(Ok(()))) {
                return false;
            }
        }
        self.debounce().await;
        true
    }

    /// Waits until nothing has come for a moment.
    pub(super) async fn debounce(&self) {
        loop {
            let before = self.count();
            sleep(self.options.debounce).await;
            if self.count() == before {
                return;
            }
        }
    }

    /// The conversations that were told of since the last time.
    pub(super) fn hear(&mut self) -> Vec<String> {
        let received = self.listener.received();
        let new = received.iter().skip(self.heard).filter(|notification| is_change(notification));
        let mut ids: Vec<String> = new.filter_map(Notification::conversation_id).collect();
        self.heard = received.len();
        ids.sort();
        ids.dedup();
        ids
    }
}

/// What Fin refused will be told again, and who types changes nothing.
fn is_change(notification: &Notification) -> bool {
    !notification.is_typing() && (200..300).contains(&notification.answered)
}
