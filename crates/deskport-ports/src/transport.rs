//! The way out: how notifications travel to Fin.

use std::time::Duration;

use async_trait::async_trait;
use deskport_domain::{Agent, ConversationId};

use crate::{BoxError, LoggedEvent};

/// What Fin is told (spec section 7).
#[derive(Debug, Clone, PartialEq)]
pub enum Notification {
    /// The conversation changed: synchronize it.
    Changed(ConversationId),
    /// An agent is typing. Worth nothing late: never stored, never repeated (decision 27).
    Typing(ConversationId, Agent),
}

/// The other side took the notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// The answer's status code, a 2xx.
    pub status: u16,
}

/// Why a notification did not arrive, told by what the caller can do.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// The other side answered with something else than success. Redirects are not followed.
    #[error("the answer was {status}")]
    Refused {
        /// The answer's status code.
        status: u16,
        /// How long the other side asks to wait.
        retry_after: Option<Duration>,
    },
    /// There was no answer: no connection, or it broke.
    #[error("there was no answer")]
    Unreachable(#[source] BoxError),
    /// There was no answer in time.
    #[error("there was no answer in time")]
    TimedOut,
}

/// Sends notifications. One call is one attempt.
#[async_trait]
pub trait WebhookTransport: Send + Sync {
    /// Sends one notification and waits for the answer, for a bounded time.
    ///
    /// # Errors
    /// [`TransportError`] when the other side did not take it.
    async fn send(&self, notification: &Notification) -> Result<Accepted, TransportError>;
}

/// Sends events to the desk's own system. One call is one attempt; a repeat carries the same id, by
/// which the other side knows it.
#[async_trait]
pub trait EventTransport: Send + Sync {
    /// Sends one event and waits for the answer, for a bounded time.
    ///
    /// # Errors
    /// [`TransportError`] when the other side did not take it.
    async fn send_event(&self, event: &LoggedEvent) -> Result<Accepted, TransportError>;
}
