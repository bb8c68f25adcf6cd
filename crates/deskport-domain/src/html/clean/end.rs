//! End tags.

use super::{Cleaner, Gap};
use crate::html::element::Element;
use crate::html::flow::Kind;
use crate::html::open::End;
use crate::html::policy::Becomes;

impl Cleaner<'_> {
    /// Reads an end tag.
    #[inline]
    pub(super) fn end_tag(&mut self, element: Element) {
        use Becomes as Is;
        match element.becomes {
            Is::Unwrapped => self.end_plain(element),
            Is::Line => {
                self.end_plain(element);
                self.flow.gap(Gap::Line);
            }
            Is::Apart => {
                self.end_plain(element);
                self.flow.gap(Gap::Apart);
            }
            Is::Break => self.flow.line_break(),
            Is::Paragraph | Is::Heading(_) | Is::List(_) => self.end_block(element),
            Is::Item if self.may_end_item() => self.end_block(element),
            Is::Bold => self.end_format(element, Kind::Bold),
            Is::Italic => self.end_format(element, Kind::Italic),
            Is::Code => self.end_format(element, Kind::Code),
            Is::Link => self.end_format(element, Kind::Link),
            _ => self.end_any(element),
        }
    }

    /// Ends an element that the output knows nothing of. Mostly it is the innermost, and nothing ends
    /// with it but a list that only items asked for.
    #[inline]
    fn end_plain(&mut self, element: Element) {
        match self.open.pop(element) {
            Some(depth) => self.leave_innermost(depth),
            None => self.end_any(element),
        }
    }

    /// The innermost element, at `depth`, has ended. Lists that only items asked for end with it; all else
    /// that the output knows of belongs to elements of its own.
    #[inline]
    fn leave_innermost(&mut self, depth: usize) {
        if self.flow.has_lists() {
            self.flow.end_lists(depth);
        }
        self.sizes.truncate(depth);
    }

    /// Ends a paragraph, heading, list or item.
    fn end_block(&mut self, element: Element) {
        match self.open.pop(element) {
            Some(depth) => {
                self.flow.end_block_at(depth);
                self.leave_innermost(depth);
            }
            None => self.end_any(element),
        }
    }

    fn end_any(&mut self, element: Element) {
        if element.becomes == Becomes::CodeBlock {
            self.flow.gap(Gap::Line);
        }
        match self.open.end_of(element) {
            End::Whole(depth) if self.may_end(element, depth) => {
                if element.becomes == Becomes::CodeBlock {
                    self.flow.end_format_at(Kind::Code, depth);
                }
                self.truncate(depth);
            }
            End::Uncounted if !element.is_void() => self.truncate(self.open.depth() - 1),
            _ if element.becomes == Becomes::Paragraph => self.flow.gap(Gap::Line),
            _ => {}
        }
        match element.becomes {
            Becomes::Row => self.flow.gap(Gap::Line),
            Becomes::Table => self.flow.gap(Gap::Apart),
            Becomes::Cell => self.flow.gap(Gap::Space),
            _ => {}
        }
    }

    /// Whether the open item, if there is one, is the innermost element.
    fn may_end_item(&self) -> bool {
        self.flow.item_depth().is_none_or(|item| item + 1 == self.open.depth())
    }

    /// An item ends only if no list is open inside it.
    fn may_end(&self, element: Element, depth: usize) -> bool {
        element.becomes != Becomes::Item || self.flow.item_depth().is_none_or(|item| item == depth)
    }

    #[inline]
    fn end_format(&mut self, element: Element, kind: Kind) {
        match self.open.pop(element) {
            Some(depth) => {
                self.flow.end_format_at(kind, depth);
                self.leave_innermost(depth);
            }
            None => self.end_outer_format(element, kind),
        }
    }

    /// The same for formatting with something open inside it.
    #[inline(never)]
    fn end_outer_format(&mut self, element: Element, kind: Kind) {
        match self.open.end_of(element) {
            End::Whole(depth) => {
                self.flow.end_format_at(kind, depth);
                self.truncate(depth);
            }
            End::Only(depth) => {
                self.flow.end_format_at(kind, depth);
                self.remove(depth);
            }
            End::Uncounted => {
                self.flow.end_format_of(kind);
                self.truncate(self.open.depth() - 1);
            }
            End::Stray => {}
        }
    }

    /// Ends the formatting element at `depth`, but not the elements inside it.
    pub(super) fn remove(&mut self, depth: usize) {
        self.open.remove(depth);
        self.flow.lift(depth);
        self.sizes.lift(depth);
    }
}
