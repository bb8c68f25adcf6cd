//! What an operator chooses about the faces.

use std::{num::NonZeroU32, time::Duration};

use deskport_application::{Notes, TypingHints};
use deskport_wire::Limits;

mod events;
mod prefix;

pub use self::{
    events::EventOptions,
    prefix::{InvalidPrefix, Prefix},
};
use crate::Traffic;
pub use crate::signature::{NoKey, SignatureCheck, SignatureKeys, SignaturePolicy};

/// How the faces behave. Every value is a fitting one for a single server on the open network.
#[derive(Debug, Clone)]
pub struct HttpOptions {
    /// Where the Fin face begins.
    pub prefix: Prefix,
    /// Where the desk face begins; somewhere else than the Fin face.
    pub desk_prefix: Prefix,
    /// How the desk follows what happens.
    pub events: EventOptions,
    /// How Fin is told that an agent is typing; nothing is said where Fin is not notified.
    pub typing: Option<TypingHints>,
    /// How long the desk waits at most until Fin has been told that an agent is typing.
    pub typing_timeout: Duration,
    /// The longest request body, in bytes; longer ones are answered 413.
    pub body_limit_bytes: usize,
    /// How long a request body may take to arrive; slower ones are answered 408.
    pub body_timeout: Duration,
    /// How large the parts of a request may be; larger ones are answered 422.
    pub limits: Limits,
    /// What is done about the signatures of requests.
    pub signature: SignatureCheck,
    /// Which private messages lists show to Fin.
    pub notes: Notes,
    /// How many messages are read at once while a list is written.
    pub page_size: NonZeroU32,
    /// How much memory lists of messages may take that are kept to be sent again, in bytes; 0: none
    /// are kept.
    pub list_cache_bytes: u64,
    /// How fast one token may ask; nothing is said means as fast as it can.
    pub rate_limit: Option<RateLimit>,
    /// How many requests are worked on at once; more are answered 503.
    pub max_in_flight: usize,
    /// Counts the requests. Whoever keeps a clone can ask how many have come; give each server its own,
    /// unless all of them shall share the limit.
    pub traffic: Traffic,
    /// Whether a trusted proxy is in front, which says in `X-Forwarded-For` who is calling. The
    /// last address there counts.
    pub behind_proxy: bool,
    /// Which requests have a span of `tracing`.
    pub request_spans: RequestSpans,
}

/// Which requests have a span, with their id, for what is logged while they are worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestSpans {
    /// All, also for whoever counts spans and for stores that log while they are read.
    All,
    /// Those that write, those that fail, and all while anybody logs at the level debug. A request
    /// that only reads is the faster for it, and what the faces log of it still tells its id.
    WhereNeeded,
}

/// A steady rate with some slack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// How many requests a second in the long run.
    pub per_second: NonZeroU32,
    /// How many at once after a pause.
    pub burst: NonZeroU32,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            prefix: Prefix::default(),
            desk_prefix: Prefix::desk(),
            events: EventOptions::default(),
            typing: None,
            typing_timeout: Duration::from_secs(3),
            body_limit_bytes: 4 * 1024 * 1024,
            body_timeout: Duration::from_secs(30),
            limits: Limits::default(),
            signature: SignatureCheck::Off,
            notes: Notes::All,
            page_size: NonZeroU32::MIN.saturating_add(199),
            list_cache_bytes: 64 * 1024 * 1024,
            rate_limit: None,
            max_in_flight: 256,
            traffic: Traffic::default(),
            behind_proxy: false,
            request_spans: RequestSpans::All,
        }
    }
}
