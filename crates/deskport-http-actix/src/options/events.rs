//! How the desk follows what happens.

use std::{num::NonZeroUsize, time::Duration};

/// How the event stream behaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventOptions {
    /// How long a stream waits before it looks for new events again.
    pub poll: Duration,
    /// After how long a silence a stream says that it is still there.
    pub heartbeat: Duration,
    /// How many streams one token may follow at a time; more are answered 429.
    pub streams_per_token: NonZeroUsize,
}

impl Default for EventOptions {
    fn default() -> Self {
        Self {
            poll: Duration::from_millis(500),
            heartbeat: Duration::from_secs(15),
            streams_per_token: NonZeroUsize::MIN.saturating_add(9),
        }
    }
}
