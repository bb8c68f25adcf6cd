//! The one pass over the input: reads text and tags, and tells [`Flow`] what they ask for.

mod end;
mod hide;
mod image;
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

/// The state of the pass.
#[derive(Debug)]
pub(super) struct Cleaner<'a> {
    source: &'a str,
    policy: Policy,
    flow: Flow<'a>,
    open: Open,
    sizes: Sizes,
    harmless: Harmless,
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
            removed: Removed::default(),
        }
    }

    /// Reads all of the input.
    pub(super) fn run(mut self) -> Output<'a> {
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
    #[inline]
    fn markup(&mut self, at: usize) -> usize {
        let bytes = self.source.as_bytes();
        match &bytes[at + 1..] {
            [letter, ..] if letter.is_ascii_alphabetic() => {
                let mut tag = Tag::default();
                match tag.fill(bytes, at + 1) {
                    Some(()) => self.start_tag(at, &tag),
                    None => bytes.len(),
                }
            }
            [b'/', letter, ..] if letter.is_ascii_alphabetic() => match Tag::read_end(bytes, at + 2) {
                Some((element, end)) => {
                    self.end_tag(element);
                    end
                }
                None => bytes.len(),
            },
            [b'!' | b'?', ..] | [b'/', _, ..] => declaration(bytes, at),
            _ => {
                if !self.sizes.hide_text() {
                    self.flow.escaped("&lt;");
                }
                at + 1
            }
        }
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
