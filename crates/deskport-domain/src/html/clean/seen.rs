//! The last few tags whose attributes did not count: mail says the same over and over.

use crate::html::steps::steps;
use crate::html::tag::Span;

/// How many tags are remembered.
const MOST: usize = 8;

/// Tags with attributes that were read and say nothing that counts, but perhaps that text has a size.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The first bytes of the attributes of each: few tags have the same.
    starts: [u64; MOST],
    tags: [Known; MOST],
    next: usize,
}

/// One of these tags.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// From its name to behind its `>`.
    span: Span,
    sized: bool,
}

impl Seen {
    /// If the tag with this name is one of these: where it ends, and whether it gives text a size.
    #[inline]
    pub(super) fn find(&self, bytes: &[u8], (from, name_end): Span) -> Option<(usize, bool)> {
        let start = start(bytes, name_end)?;
        for (known, known_start) in self.tags.iter().zip(&self.starts) {
            if *known_start == start {
                let tag = &bytes[known.span.0..known.span.1];
                // A tag that is another one differs before its end, so no more is compared than is read anyway.
                steps(1);
                if bytes[from..].starts_with(tag) {
                    steps(tag.len());
                    return Some((from + tag.len(), known.sized));
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
            self.tags[place] = Known { span, sized };
            self.next += 1;
        }
    }
}

/// The first bytes of the attributes, unless the input ends there.
#[inline]
fn start(bytes: &[u8], name_end: usize) -> Option<u64> {
    bytes.get(name_end..)?.first_chunk().map(|start| u64::from_le_bytes(*start))
}
