//! The last few tags whose attributes did not count: mail says the same over and over.

use crate::html::steps::steps;
use crate::html::tag::Span;

/// How many tags are remembered.
const MOST: usize = 8;

/// Tags with attributes that were read and say nothing that counts, but perhaps that text has a size.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The first bytes behind the name of each: few tags have the same, and none has zeros.
    starts: [u64; MOST],
    /// Each from its name to behind its `>`.
    tags: [Span; MOST],
    /// Whether it gives text a size, one bit each.
    sized: u8,
    next: usize,
}

impl Seen {
    /// If the tag with this name is one of these: where it ends, and whether it gives text a size.
    #[inline]
    pub(super) fn find(&self, bytes: &[u8], (from, name_end): Span) -> Option<(usize, bool)> {
        let start = start(bytes, name_end)?;
        for (place, known) in self.starts.iter().enumerate() {
            if *known == start {
                let tag = &bytes[self.tags[place].0..self.tags[place].1];
                // A tag that is another one differs before its end, so no more is compared than is read anyway.
                steps(1);
                if bytes[from..].starts_with(tag) {
                    steps(tag.len());
                    return Some((from + tag.len(), self.sized & 1 << place != 0));
                }
            }
        }
        None
    }

    /// Remembers the tag in this place, whose name ends at `name_end`.
    pub(super) fn note(&mut self, bytes: &[u8], span: Span, name_end: usize, sized: bool) {
        if let Some(start) = start(bytes, name_end) {
            let place = self.next % MOST;
            self.starts[place] = start;
            self.tags[place] = span;
            self.sized = self.sized & !(1 << place) | u8::from(sized) << place;
            self.next += 1;
        }
    }
}

/// The first bytes of the attributes, unless the input ends there.
#[inline]
fn start(bytes: &[u8], name_end: usize) -> Option<u64> {
    bytes.get(name_end..)?.first_chunk().map(|start| u64::from_le_bytes(*start))
}
