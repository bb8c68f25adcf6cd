//! Who follows the event stream, counted by token, and the word that ends all streams.

use std::{
    collections::HashMap,
    num::NonZeroUsize,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use deskport_domain::Text;

use crate::problem::{Kind, Problem};

/// After how many seconds another attempt makes sense for who follows too many streams.
const RETRY_S: u32 = 5;

/// All streams of this server.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    by_token: Mutex<HashMap<Text, usize>>,
    closed: AtomicBool,
}

/// The place of one stream; free again when dropped.
#[derive(Debug)]
pub(super) struct Seat {
    streams: Arc<Streams>,
    token: Text,
}

impl Streams {
    /// Ends all streams, and those that begin later.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Release);
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    /// A place for one more stream of this token.
    pub(super) fn take_seat(self: &Arc<Self>, token: Text, most: NonZeroUsize) -> Result<Seat, Problem> {
        let mut by_token = self.by_token();
        let open = by_token.entry(token.clone()).or_default();
        if *open >= most.get() {
            let refused = Problem::new(Kind::TooManyRequests).retry_after(RETRY_S);
            return Err(refused.because(format!("a token follows at most {most} event streams at a time")));
        }
        *open += 1;
        drop(by_token);
        Ok(Seat { streams: Arc::clone(self), token })
    }

    /// Counts stay right whoever panics, since each change is a single step.
    fn by_token(&self) -> MutexGuard<'_, HashMap<Text, usize>> {
        self.by_token.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut by_token = self.streams.by_token();
        if let Some(open) = by_token.get_mut(&self.token) {
            *open -= 1;
            if *open == 0 {
                by_token.remove(&self.token);
            }
        }
    }
}
