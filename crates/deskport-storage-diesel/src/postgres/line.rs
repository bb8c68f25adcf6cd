//! Connections that many use at once, each for a single statement: nobody waits until the answer
//! to somebody else's has come, and the server gets many statements at a time.

use std::{
    mem,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use deskport_ports::StoreError;
use diesel_async::AsyncPgConnection;
use tokio::sync::OnceCell;

use super::connect::Connector;
use crate::error::{Failure, is_lost};

/// A connection that is opened when it is first used, and again after it was lost.
pub(super) struct Line {
    connector: Arc<Connector>,
    setup: &'static str,
    current: Mutex<Arc<OnceCell<Arc<AsyncPgConnection>>>>,
}

/// Some of them, used in turn.
pub(super) struct Lines {
    lines: Vec<Line>,
    turn: AtomicUsize,
}

impl Line {
    /// One that is set up by these statements besides.
    pub(super) fn new(connector: &Arc<Connector>, setup: &'static str) -> Self {
        Self { connector: Arc::clone(connector), setup, current: Mutex::default() }
    }

    /// The connection, for one more statement; unless too many are on their way already.
    pub(super) async fn connection(&self) -> Result<Arc<AsyncPgConnection>, Failure> {
        let cell = Arc::clone(&self.current.lock().unwrap_or_else(PoisonError::into_inner));
        let connect =
            cell.get_or_try_init(|| async { self.connector.shared(self.setup).await.map(Arc::new) });
        let options = &self.connector.options;
        match tokio::time::timeout(options.wait_timeout, connect).await {
            Ok(Ok(connection)) if Arc::strong_count(connection) > options.queue => {
                Err(StoreError::Overloaded.into())
            }
            Ok(outcome) => outcome.map(Arc::clone).map_err(Failure::unavailable),
            Err(elapsed) => Err(Failure::unavailable(elapsed)),
        }
    }

    /// Takes note of a failure on a connection: if that is lost, the next user gets another.
    pub(super) fn note(&self, failure: &Failure, failed: &Arc<AsyncPgConnection>) {
        if !matches!(failure, Failure::Database(error) if is_lost(error)) {
            return;
        }
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if current.get().is_some_and(|connection| Arc::ptr_eq(connection, failed)) {
            drop(mem::take(&mut *current));
        }
    }
}

impl Lines {
    pub(super) fn new(connector: &Arc<Connector>, count: usize) -> Self {
        let lines = (0..count).map(|_| Line::new(connector, "")).collect();
        Self { lines, turn: AtomicUsize::new(0) }
    }

    /// The one whose turn it is.
    pub(super) fn next(&self) -> &Line {
        &self.lines[self.turn.fetch_add(1, Ordering::Relaxed) % self.lines.len()]
    }
}
