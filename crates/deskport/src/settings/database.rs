//! `[database]`: where everything is stored.

mod url;

use std::time::Duration;

pub(crate) use self::url::DatabaseUrl;
use super::{Problem, values::Values};

/// The store, and how long to wait for it.
#[derive(Debug)]
pub(crate) struct Database {
    pub(crate) url: DatabaseUrl,
    pub(crate) connections: usize,
    pub(crate) queue: usize,
    pub(crate) wait_timeout: Duration,
    pub(crate) busy_timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) statement_timeout: Duration,
}

impl Database {
    pub(super) fn read(values: &Values) -> Result<Self, Problem> {
        const ALLOWED: &str =
            "sqlite://PATH, postgres://USER@HOST/NAME, postgresql://USER@HOST/NAME or memory:";
        let key = "database.url";
        let millis = |key, range| values.number(key, range).map(Duration::from_millis);
        Ok(Self {
            // The reason never quotes the value, which may hold a password.
            url: DatabaseUrl::parse(values.text(key))
                .map_err(|reason| values.refuse_because(key, reason, ALLOWED))?,
            connections: values.number("database.connections", 1..=1000)?,
            queue: values.number("database.queue", 1..=1_000_000)?,
            wait_timeout: millis("database.wait_timeout_ms", 1..=60_000)?,
            busy_timeout: millis("database.busy_timeout_ms", 0..=60_000)?,
            connect_timeout: millis("database.connect_timeout_ms", 1..=60_000)?,
            statement_timeout: millis("database.statement_timeout_ms", 1..=600_000)?,
        })
    }
}
