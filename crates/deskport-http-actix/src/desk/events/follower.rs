//! One client that follows the log, a bounded piece at a time.

use std::{collections::VecDeque, time::Duration};

use actix_web::{
    rt::time::sleep,
    web::{Bytes, Data},
};
use deskport_application::{AccessError, LoggedEvent, StoreError};
use tracing::warn;

use super::{
    frame::{self, Reset},
    seats::Seat,
};
use crate::state::State;

/// How many events are read at once.
const BATCH: u32 = 100;

/// From how many bytes on a piece is sent before more is added to it.
const PIECE_BYTES: usize = 64 * 1024;

/// A stream on its way through the log.
pub(super) struct Follower {
    state: Data<State>,
    bearer: Box<str>,
    /// The last position that was sent.
    position: u64,
    /// Events that were read and not yet sent.
    backlog: VecDeque<LoggedEvent>,
    with_messages: bool,
    /// How long nothing was sent.
    silence: Duration,
    /// Whether the store failed the last time.
    failing: bool,
    _seat: Seat,
}

/// Why nothing can be read now.
enum Stop {
    /// The token opens nothing any more.
    Refused,
    /// The store failed; it may work later.
    Store(StoreError),
}

impl Follower {
    pub(super) fn new(
        state: Data<State>,
        bearer: Box<str>,
        seat: Seat,
        position: u64,
        with_messages: bool,
    ) -> Self {
        let (backlog, silence) = (VecDeque::new(), Duration::ZERO);
        Self { state, bearer, position, backlog, with_messages, silence, failing: false, _seat: seat }
    }

    /// The next piece of the stream, and the stream after it; `None` at its end.
    pub(super) async fn next(mut self) -> Option<(Bytes, Self)> {
        while !self.state.streams.is_closed() {
            match self.read().await {
                Ok(piece) => {
                    self.failing = false;
                    if !piece.is_empty() {
                        self.silence = Duration::ZERO;
                        return Some((piece.into(), self));
                    }
                }
                Err(Stop::Refused) => return None,
                Err(Stop::Store(error)) => self.note_failure(&error),
            }
            let options = &self.state.options.events;
            if self.silence >= options.heartbeat {
                self.silence = Duration::ZERO;
                return Some((Bytes::from_static(frame::HEARTBEAT), self));
            }
            sleep(options.poll).await;
            self.silence += options.poll;
        }
        None
    }

    /// What there is to tell now, perhaps nothing. The token is checked each time, which costs the
    /// store a call every few seconds at most.
    async fn read(&mut self) -> Result<Vec<u8>, Stop> {
        self.state.desk.access.authenticate(&self.bearer).await?;
        let mut piece = Vec::new();
        if self.backlog.is_empty() {
            self.read_log(&mut piece).await?;
        }
        while let Some(logged) = self.backlog.front() {
            match self.tell(logged, &mut piece).await {
                Ok(()) => self.position = logged.position,
                // What was told so far goes out; this event has its turn again.
                Err(_later) if !piece.is_empty() => break,
                Err(error) => return Err(error.into()),
            }
            self.backlog.pop_front();
            if piece.len() >= PIECE_BYTES {
                break;
            }
        }
        Ok(piece)
    }

    /// Reads the next events, and tells if some were forgotten before this slow client took them.
    async fn read_log(&mut self, piece: &mut Vec<u8>) -> Result<(), StoreError> {
        let events = &self.state.desk.events;
        self.backlog = events.after(self.position, BATCH).await?.into();
        let Some(first) = self.backlog.front().map(|first| first.position) else { return Ok(()) };
        let forgotten = events.bounds().await?.forgotten;
        if self.position < forgotten && forgotten < first {
            let oldest = forgotten + 1;
            frame::reset(&Reset { requested: self.position, resumed_after: forgotten, oldest }, piece);
        }
        Ok(())
    }

    async fn tell(&self, logged: &LoggedEvent, piece: &mut Vec<u8>) -> Result<(), StoreError> {
        let event = &logged.event;
        match (&event.conversation, &event.message) {
            (Some(conversation), Some(id)) if self.with_messages => {
                let message = self.state.desk.messages.load(conversation, id).await?;
                frame::event_with(logged, message.as_ref(), piece);
            }
            _ => frame::event(logged, piece),
        }
        Ok(())
    }

    /// One line for each time that the store fails, however long it lasts.
    fn note_failure(&mut self, error: &StoreError) {
        if !std::mem::replace(&mut self.failing, true) {
            warn!(%error, "An event stream waits for the store");
        }
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<AccessError> for Stop {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Store(error) => Self::Store(error),
            AccessError::Unknown | AccessError::Expired | AccessError::Revoked => Self::Refused,
        }
    }
}
