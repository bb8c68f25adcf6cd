//! Keeps the output inside its grammar: decides which tags to write around each piece of content.
//!
//! Tags that the input asks for are only noted; they are written when content follows. So nothing
//! empty is ever written, and formatting never encloses a block: a block ends all formatting, which
//! comes back with the next text.
#![expect(
    clippy::inline_always,
    reason = "called for every text; the compiler would rather call than repeat it"
)]

mod blocks;
mod formats;
mod lists;

use std::borrow::Cow;

use super::open::Open;
use super::steps::steps;
use super::writer::Writer;
use blocks::Block;
use formats::Formats;
pub(super) use formats::{Kind, Link};
use lists::Lists;

/// What keeps content apart from what stands before it, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    Space,
    Line,
    Apart,
}

/// White space that is written only if more text follows on the same line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Space {
    None,
    Source(usize, usize),
    Blank,
}

/// The place in the output, and what is noted for it.
#[derive(Debug)]
pub(super) struct Flow<'a> {
    source: &'a str,
    writer: Writer<'a>,
    lists: Lists,
    block: Option<Block>,
    formats: Formats,
    gap: Gap,
    /// Whether there is something on this line.
    on_line: bool,
    space: Space,
}

impl<'a> Flow<'a> {
    pub(super) fn new(source: &'a str, buffer: String) -> Self {
        Self {
            source,
            writer: Writer::new(source, buffer),
            lists: Lists::default(),
            block: None,
            formats: Formats::new(source.len()),
            gap: Gap::None,
            on_line: false,
            space: Space::None,
        }
    }

    /// Text of the source that needs no escaping; there is some.
    #[inline(never)]
    pub(super) fn text_piece(&mut self, from: usize, to: usize) {
        self.text(from, to);
    }

    /// The same, in place: for the one caller that has most of the text.
    #[inline(always)]
    pub(super) fn text(&mut self, mut from: usize, to: usize) {
        self.settle_formats();
        if self.formats.has_code() {
            self.content();
            return self.writer.keep(from, to);
        }
        steps(to - from);
        let bytes = &self.source.as_bytes()[..to];
        loop {
            if bytes.get(from).is_none_or(|first| is_space(*first)) {
                let start = from;
                from += spaces_at_start(&bytes[start..]);
                self.space(start, from);
                if from == to {
                    return;
                }
            }
            self.content();
            if bytes.get(from) != Some(&BYTE_ORDER_MARK_START) || !self.is_mark(from) {
                break;
            }
            self.on_line = false;
            from += BYTE_ORDER_MARK.len_utf8();
        }
        let mut end = to;
        if bytes.last().is_some_and(|last| is_space(*last)) {
            end -= spaces_at_end(bytes);
            self.space = Space::Source(end, to);
        }
        self.writer.keep(from, end);
    }

    /// Whether a byte order mark is here that must not be written.
    #[cold]
    fn is_mark(&self, from: usize) -> bool {
        self.writer.is_empty() && self.source[from..].starts_with(BYTE_ORDER_MARK)
    }

    /// One character as it is to be read.
    pub(super) fn character(&mut self, character: char) {
        self.settle_formats();
        let escaped = match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '\u{A0}' => "&nbsp;",
            '\0' => return,
            '\t' | '\n' | '\x0C' | '\r' | ' ' if !self.formats.has_code() => return self.blank(),
            '\r' => "\n",
            _ => {
                self.content();
                if character == BYTE_ORDER_MARK && self.writer.is_empty() {
                    self.on_line = false;
                    return;
                }
                return self.writer.write_char(character);
            }
        };
        self.escaped_text(escaped);
    }

    /// Something visible that is written as `escaped`, a constant.
    #[inline]
    pub(super) fn escaped(&mut self, escaped: &str) {
        self.content();
        self.writer.write(escaped);
    }

    /// The same for any text.
    #[inline]
    pub(super) fn escaped_text(&mut self, escaped: &str) {
        self.content();
        self.writer.write_any(escaped);
    }

    /// White space that is not in the source as it is to be written.
    fn blank(&mut self) {
        if self.on_line && self.space == Space::None && self.gap == Gap::None {
            self.space = Space::Blank;
        }
    }

    /// A part of the source that is content and is written as it is, such as the tag of an image.
    pub(super) fn kept(&mut self, from: usize, to: usize) {
        self.content();
        self.writer.keep(from, to);
    }

    /// A line break. Where a paragraph is to start anyway, it adds nothing.
    pub(super) fn line_break(&mut self) {
        if self.gap == Gap::Apart {
            return;
        }
        self.prepare();
        self.space = Space::None;
        self.writer.write("<br>");
        self.on_line = false;
    }

    /// Keeps what follows apart from what came before.
    pub(super) fn gap(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// Whether any list is open.
    #[inline]
    pub(super) fn has_lists(&self) -> bool {
        !self.lists.is_empty()
    }

    /// Ends everything: the output, and the buffer if it was not needed.
    pub(super) fn finish(&mut self) -> (Cow<'a, str>, String) {
        self.end_block();
        self.end_all_lists();
        self.writer.finish()
    }

    /// The elements at `depth` and inside it have ended; `bound` if a table cell was among them.
    ///
    /// Formatting goes on past the end of the element around it, unless that is a table cell.
    #[inline]
    pub(super) fn truncate(&mut self, depth: usize, bound: bool, open: &mut Open) {
        self.end_block_at(depth);
        if !self.lists.is_empty() {
            self.end_lists(depth);
        }
        self.carry_formats(depth, bound, open);
    }

    /// The formatting element at `depth` has ended, but not the elements inside it.
    pub(super) fn lift(&mut self, depth: usize) {
        self.lift_formats(depth);
        self.lift_lists(depth);
        if let Some(block) = &mut self.block {
            block.lift(depth);
        }
    }

    fn space(&mut self, from: usize, to: usize) {
        if self.on_line && self.space == Space::None && self.gap == Gap::None {
            self.space = Space::Source(from, to);
        }
    }

    /// Writes the tags that content needs here.
    #[inline]
    fn content(&mut self) {
        if self.gap != Gap::None || self.block.is_some_and(Block::is_pending) || !self.lists.are_settled() {
            self.prepare();
        }
        if self.space != Space::None {
            self.write_space();
        }
        if self.formats.are_pending() {
            self.open_formats();
        }
        self.on_line = true;
    }

    /// Writes the tags that content or a line break needs here, all but formatting.
    #[inline(never)]
    fn prepare(&mut self) {
        if !self.lists.are_settled() {
            self.open_item();
        }
        if self.gap != Gap::None {
            self.bridge();
        }
        if self.block.is_some_and(Block::is_pending) {
            self.open_block();
        }
    }

    #[inline(never)]
    fn write_space(&mut self) {
        match self.space {
            Space::Source(from, to) => self.writer.keep(from, to),
            Space::Blank => self.writer.write(" "),
            Space::None => {}
        }
        self.space = Space::None;
    }

    /// Turns the gap into white space, a line break or a paragraph.
    fn bridge(&mut self) {
        if self.is_to_be_set_apart() {
            return self.set_apart();
        }
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        if !self.on_line {
            return;
        }
        if gap == Gap::Space {
            self.space = Space::Blank;
        } else {
            self.space = Space::None;
            self.writer.write("<br>");
            self.on_line = false;
        }
    }
}

/// Not text where a document starts, but a mark of its encoding.
const BYTE_ORDER_MARK: char = '\u{FEFF}';
const BYTE_ORDER_MARK_START: u8 = 0xEF;

fn spaces_at_start(text: &[u8]) -> usize {
    text.iter().take_while(|byte| is_space(**byte)).count()
}

fn spaces_at_end(text: &[u8]) -> usize {
    text.iter().rev().take_while(|byte| is_space(**byte)).count()
}

/// White space as HTML knows it. A carriage return never gets here.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\x0C')
}
