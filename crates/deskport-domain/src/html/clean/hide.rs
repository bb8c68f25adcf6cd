//! Elements that people do not see.

use memchr::memchr;

use super::Cleaner;
use crate::html::element::{CELL, Element, ITEM, LINK, PARAGRAPH, TABLE};
use crate::html::hidden::{Size, Style};
use crate::html::open::End;
use crate::html::policy::Becomes;
use crate::html::skip::{Markup, declaration, markup, past_content};
use crate::html::steps::steps;
use crate::html::tag::Tag;

/// Where the size of text turns to nothing and back, outermost first.
#[derive(Debug, Default)]
pub(super) struct Sizes {
    /// How deep each element is that turns it; the first turns it to nothing.
    turns: Vec<usize>,
}

/// Beyond so many turns the size stays as it is.
const MAX_TURNS: usize = 64;

impl Sizes {
    /// Whether text has no size here.
    #[inline]
    pub(super) fn hide_text(&self) -> bool {
        self.turns.len() % 2 == 1
    }

    /// Whether any element has turned it.
    #[inline]
    pub(super) fn have_turned(&self) -> bool {
        !self.turns.is_empty()
    }

    pub(super) fn push(&mut self, depth: usize, size: Size) {
        let turns = (size == Size::Zero) != self.hide_text();
        if turns && self.turns.len() < MAX_TURNS {
            self.turns.push(depth);
        }
    }

    /// The elements at `depth` and inside it end.
    #[inline]
    pub(super) fn truncate(&mut self, depth: usize) {
        while self.turns.last().is_some_and(|turn| *turn >= depth) {
            self.turns.pop();
        }
    }

    /// The element at `depth` ends, but not those inside it.
    pub(super) fn lift(&mut self, depth: usize) {
        if let Some(index) = self.turns.iter().position(|turn| *turn == depth) {
            self.turns.truncate(index);
        }
        steps(self.turns.len());
        for turn in &mut self.turns {
            *turn -= usize::from(*turn > depth);
        }
    }
}

impl Cleaner<'_> {
    /// Whether the rules drop this element because people do not see it.
    #[inline]
    pub(super) fn is_hidden(&self, tag: &Tag, style: Style) -> bool {
        // Buttons for Outlook and for all others stand side by side; the others' is the link.
        let outlook = style.hidden_in_outlook && tag.element.becomes != Becomes::Link;
        (tag.hidden || style.hidden || outlook) && self.removes_hidden()
    }

    /// Reads on behind a hidden element, or at the tag of another element that ends it.
    pub(super) fn skip_hidden(&mut self, tag: &Tag) -> usize {
        let element = tag.element;
        let bytes = self.source.as_bytes();
        let mut from = past_content(bytes, tag);
        if element.is_void() || from != tag.end {
            return from;
        }
        let depth = self.open.push(element);
        while let Some(found) = memchr(b'<', &bytes[from..]) {
            steps(found + 1);
            let at = from + found;
            match markup(bytes, at) {
                Markup::Text => from = at + 1,
                Markup::Declaration => from = declaration(bytes, at),
                Markup::Unfinished => break,
                Markup::Start(tag) => {
                    let inner = tag.element;
                    if self.is_ended_by_start(element, depth, inner) {
                        self.truncate(depth);
                        return at;
                    }
                    from = past_content(bytes, &tag);
                    if !inner.is_void() && from == tag.end {
                        self.open.push(inner);
                    }
                }
                Markup::End(tag) => {
                    let inner = tag.element;
                    match self.end_in_hidden(element, depth, inner) {
                        Inside::Goes => from = tag.end,
                        Inside::EndsHere => return tag.end,
                        Inside::EndsBefore => return at,
                    }
                }
            }
        }
        bytes.len()
    }

    /// Whether the start of `inner` ends the hidden element at `depth`.
    fn is_ended_by_start(&self, hidden: Element, depth: usize, inner: Element) -> bool {
        let no_table = || !self.open.has_inside(depth, TABLE);
        match hidden.id {
            PARAGRAPH => inner.ends_paragraph() && self.open.no_bound_inside(depth),
            ITEM => inner.id == ITEM && !self.open.has_list_inside(depth) && self.open.no_bound_inside(depth),
            CELL => matches!(inner.becomes, Becomes::Cell | Becomes::Row) && no_table(),
            LINK => inner.id == LINK && self.open.no_bound_inside(depth),
            _ => hidden.becomes == Becomes::Row && inner.becomes == Becomes::Row && no_table(),
        }
    }

    fn end_in_hidden(&mut self, hidden: Element, depth: usize, inner: Element) -> Inside {
        match self.open.end_of(inner) {
            End::Whole(end) if end > depth => self.cut(end),
            End::Only(end) if end > depth => self.open.remove(end),
            End::Uncounted if self.open.depth() - 1 > depth => self.cut(self.open.depth() - 1),
            End::Whole(end) if end == depth => return self.leave(depth, Inside::EndsHere),
            End::Only(end) if end == depth => return self.leave(depth, Inside::EndsHere),
            End::Uncounted => return self.leave(depth, Inside::EndsHere),
            End::Whole(_) => return self.leave(depth, Inside::EndsBefore),
            End::Only(_) if !hidden.is_special() => return self.leave(depth, Inside::EndsBefore),
            End::Only(_) | End::Stray => {}
        }
        Inside::Goes
    }

    /// Ends elements inside the hidden element.
    fn cut(&mut self, depth: usize) {
        self.open.truncate(depth);
    }

    fn leave(&mut self, depth: usize, how: Inside) -> Inside {
        self.truncate(depth);
        how
    }
}

/// What an end tag means inside a hidden element.
enum Inside {
    /// The hidden element goes on.
    Goes,
    /// It ends with this tag.
    EndsHere,
    /// It ended before this tag, which is for an element around it.
    EndsBefore,
}
