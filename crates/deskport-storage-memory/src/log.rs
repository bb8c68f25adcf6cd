//! The event log: everything that happened, in the order in which it was committed.

use std::collections::{HashMap, VecDeque};

use async_trait::async_trait;
use deskport_domain::{Event, Timestamp};
use deskport_ports::{EventLog, Lease, LogBounds, LoggedEvent, StoreError};

use crate::MemoryStore;

/// The events that are not forgotten, and who follows them.
#[derive(Debug, Default)]
pub(crate) struct Log {
    events: VecDeque<LoggedEvent>,
    bounds: LogBounds,
    bookmarks: HashMap<String, u64>,
    leads: HashMap<&'static str, Lease>,
}

impl Log {
    /// Appends an event.
    pub(crate) fn append(&mut self, event: Event) {
        self.bounds.newest += 1;
        self.events.push_back(LoggedEvent { position: self.bounds.newest, event });
    }

    fn forget(&mut self, before: Timestamp) -> u64 {
        let mut forgotten = 0;
        while let Some(oldest) = self.events.front().filter(|oldest| oldest.event.at < before) {
            self.bounds.forgotten = oldest.position;
            self.events.pop_front();
            forgotten += 1;
        }
        forgotten
    }

    fn lead(&mut self, lease: &Lease) -> bool {
        let free = self
            .leads
            .get(lease.work)
            .is_none_or(|leading| leading.holder == lease.holder || leading.until <= lease.now);
        if free {
            self.leads.insert(lease.work, lease.clone());
        }
        free
    }
}

#[async_trait]
impl EventLog for MemoryStore {
    async fn events(&self, after: u64, limit: u32) -> Result<Vec<LoggedEvent>, StoreError> {
        let state = self.read();
        let start = state.log.events.partition_point(|logged| logged.position <= after);
        Ok(state.log.events.range(start..).take(limit as usize).cloned().collect())
    }

    async fn log_bounds(&self) -> Result<LogBounds, StoreError> {
        Ok(self.read().log.bounds)
    }

    async fn forget_events(&self, before: Timestamp) -> Result<u64, StoreError> {
        Ok(self.write().log.forget(before))
    }

    async fn bookmark(&self, name: &str) -> Result<u64, StoreError> {
        Ok(self.read().log.bookmarks.get(name).copied().unwrap_or(0))
    }

    async fn set_bookmark(&self, name: &str, position: u64) -> Result<(), StoreError> {
        let mut state = self.write();
        let bookmark = state.log.bookmarks.entry(name.to_owned()).or_default();
        *bookmark = position.max(*bookmark);
        Ok(())
    }

    async fn lead(&self, lease: &Lease) -> Result<bool, StoreError> {
        Ok(self.write().log.lead(lease))
    }
}
