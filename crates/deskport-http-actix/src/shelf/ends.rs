//! The last message of each list, which is kept for longer than the list: after it comes nothing.

use deskport_application::{Position, ThreadVersion};
use deskport_domain::MessageId;
use quick_cache::sync::Cache;

use super::{List, Place};

/// About what an end takes, in bytes: two ids, a version, and their part of the cache.
const END_BYTES: u64 = 256;

/// The ends of lists by variant and conversation; so many, and no more.
pub(super) struct Ends(Cache<Place, End>);

/// What the last message was, and when.
#[derive(Clone)]
struct End {
    thread: ThreadVersion,
    last: MessageId,
}

impl Ends {
    /// Ends that take about so many bytes.
    pub(super) fn new(bytes: u64) -> Self {
        Self(Cache::new(usize::try_from(bytes / END_BYTES).unwrap_or(usize::MAX).clamp(1, super::MOST)))
    }

    /// Notes where a list ends that was read after the version of its messages.
    pub(super) fn note(&self, place: &Place, thread: ThreadVersion, list: &List) {
        if let Some(last) = list.last_id() {
            self.0.insert(place.clone(), End { thread, last: last.clone() });
        }
    }

    /// Whether there is nothing after a position, as far as is known here.
    pub(super) fn is_end(&self, place: &Place, thread: ThreadVersion, position: &Position) -> bool {
        let Position::Message(after) = position else { return false };
        self.0.get(place).is_some_and(|end| end.thread == thread && end.last == *after)
    }
}
