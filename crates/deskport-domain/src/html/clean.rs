//! The one pass over the input: reads text and tags, and tells [`Flow`] what they ask for.
#![expect(
    clippy::inline_always,
    reason = "called for every tag; the compiler would rather call than repeat it"
)]

mod end;
mod hide;
mod image;
mod seen;
mod start;
mod text;

use std::borrow::Cow;

use super::element::Element;
use super::flow::{Flow, Gap};
use super::hidden::{Harmless, Size};
use super::open::Open;
use super::policy::{HiddenText, Policy};
use super::report::Removed;
use super::scan::text_end;
use super::skip::declaration;
use super::steps::steps;
use super::tag::Tag;
use hide::Sizes;
use seen::Seen;

/// The state of the pass.
#[derive(Debug)]
pub(super) struct Cleaner<'a> {
    source: &'a str,
    policy: Policy,
    flow: Flow<'a>,
    open: Open,
    sizes: Sizes,
    harmless: Harmless,
    seen: Seen,
    removed: Removed,
}

/// The output, what was removed, and the buffer if it was not needed.
pub(super) type Output<'a> = (Cow<'a, str>, Removed, String);

impl<'a> Cleaner<'a> {
    pub(super) fn new(source: &'a str, policy: Policy, buffer: String) -> Self {
        Self {
            source,
            policy,
            flow: Flow::new(source, buffer),
            open: Open::new(),
            sizes: Sizes::default(),
            harmless: Harmless::default(),
            seen: Seen::default(),
            removed: Removed::default(),
        }
    }

    /// Reads all of the input.
    pub(super) fn run(&mut self) -> Output<'a> {
        let bytes = self.source.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            steps(1);
            if bytes[at] == b'<' {
                at = self.markup(at);
                continue;
            }
            let (end, care) = text_end(bytes, at);
            steps(end - at);
            self.text(at, care, end);
            at = end;
        }
        let (html, buffer) = self.flow.finish();
        (html, self.removed, buffer)
    }

    /// Reads what a `<` starts, and says where to read on.
    #[inline(always)]
    fn markup(&mut self, at: usize) -> usize {
        let bytes = self.source.as_bytes();
        let is_end = bytes.get(at + 1) == Some(&b'/');
        let start = at + 1 + usize::from(is_end);
        if !bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
            return self.no_tag(at);
        }
        let Some((element, end, is_bare)) = Tag::read_name(bytes, start) else { return bytes.len() };
        if is_end {
            let Some(end) = (if is_bare { Some(end + 1) } else { Tag::end_of(bytes, end) }) else {
                return bytes.len();
            };
            self.end_tag(element);
            return end;
        }
        if is_bare { self.bare_tag(at, element, end) } else { self.start_tag(at, element, end) }
    }

    /// Reads what a `<` starts that starts no tag: a comment or the like, or text.
    fn no_tag(&mut self, at: usize) -> usize {
        let bytes = self.source.as_bytes();
        if let [b'!' | b'?', ..] | [b'/', _, ..] = bytes[at + 1..] {
            return declaration(bytes, at);
        }
        if !self.sizes.hide_text() {
            self.flow.escaped("&lt;");
        }
        at + 1
    }

    /// Ends the elements at `depth` and inside it.
    #[inline]
    fn truncate(&mut self, depth: usize) {
        let bound = self.open.truncate(depth);
        self.flow.truncate(depth, bound, &mut self.open);
        self.sizes.truncate(depth);
    }

    /// Opens an element, and says how deep it is.
    #[inline]
    fn push(&mut self, element: Element, size: Size) -> usize {
        let depth = self.open.push(element);
        if size != Size::Inherited && self.removes_hidden() {
            self.sizes.push(depth, size);
        }
        depth
    }

    fn removes_hidden(&self) -> bool {
        self.policy.hidden_text == HiddenText::Removed
    }
}
