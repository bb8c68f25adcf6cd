//! What the server knows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};

use serde_json::Value;

/// Everything, behind one lock.
#[derive(Debug, Default)]
pub(crate) struct State(Mutex<Data>);

#[derive(Debug, Default)]
pub(crate) struct Data {
    pub(crate) users: BTreeMap<String, Value>,
    pub(crate) conversations: BTreeMap<String, Conversation>,
    /// From kind and `object_id` to id.
    pub(crate) known: BTreeMap<(String, String), String>,
    /// What was refused with a wrong token.
    pub(crate) burnt: BTreeSet<String>,
    /// How many tokens were given out.
    pub(crate) tokens: u32,
    pub(crate) last_user: String,
    pub(crate) was_late: bool,
    next: u64,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Conversation {
    /// `id`, `status`, `title`, `tags`, `attributes`, moments.
    pub(crate) members: Value,
    pub(crate) user: String,
    pub(crate) assignee: Option<String>,
    pub(crate) was_handed_over: bool,
    pub(crate) messages: Vec<Value>,
}

impl State {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Data> {
        self.0.lock().unwrap()
    }
}

impl Data {
    pub(crate) fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// The server's clock: a second for each thing that happens.
    pub(crate) fn moment(&mut self) -> String {
        let second = self.number();
        format!("2025-11-01T{:02}:{:02}:{:02}.000Z", second / 3600 % 24, second / 60 % 60, second % 60)
    }
}
