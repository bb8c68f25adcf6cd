//! How an attempt to send ends, as a test says it.

use std::time::Duration;

use deskport_ports::{Accepted, TransportError};

/// How an attempt to send ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The other side takes it, with the status 200.
    Accept,
    /// The other side answers with this status, and perhaps asks to wait.
    Refuse(u16, Option<Duration>),
    /// There is no answer.
    Fail,
    /// There is no answer in time.
    TimeOut,
    /// There is no answer until the test says so; then the other side takes it.
    Hang,
}

impl Outcome {
    /// What a caller gets.
    pub(super) fn result(self) -> Result<Accepted, TransportError> {
        match self {
            Self::Accept | Self::Hang => Ok(Accepted { status: 200 }),
            Self::Refuse(status, retry_after) => Err(TransportError::Refused { status, retry_after }),
            Self::Fail => Err(TransportError::Unreachable("the test says so".into())),
            Self::TimeOut => Err(TransportError::TimedOut),
        }
    }
}
