//! Recognizes clean HTML. Shares no rule with what makes it, only the search for bytes.
//!
//! The language, white space aside (see `line`):
//!
//! ```text
//! body    = flow*
//! flow    = inline | block
//! block   = "<p>" inline+ "</p>" | "<h1>" inline+ "</h1>" | "<h2>" inline+ "</h2>" | list
//! list    = "<ul>" item+ "</ul>" | "<ol>" item+ "</ol>"            (at most 32 lists deep)
//! item    = "<li>" flow* "</li>"
//! inline  = text | "<br>" | image | format
//! format  = "<b>" content+ "</b>" | "<i>" content+ "</i>" | "<code>" content+ "</code>"
//!         | "<a href=" url ">" content+ "</a>"                      (none inside its own kind)
//! image   = "<img src=" url [" alt=" value] ">"
//! text    = (character | "&amp;" | "&lt;" | "&gt;" | "&nbsp;")+
//! ```

mod line;
mod text;
mod url;

use line::{Line, Mark};

/// Whether `html` is clean: an output of [`sanitize`](super::sanitize), byte for byte.
///
/// ```
/// use deskport_domain::html::verify;
///
/// assert!(verify("<p>Hello <b>world</b></p>"));
/// assert!(!verify("<p>Hello <b>world</p>"));
/// assert!(!verify("<p onclick=\"alert(1)\">Hello</p>"));
/// ```
pub fn verify(html: &str) -> bool {
    Recognizer { tags: true, ..Recognizer::default() }.accepts(html)
}

/// Whether `html` is clean and sure to have no Unicode tag characters, which nobody sees.
pub(super) fn verify_visible(html: &str) -> bool {
    Recognizer::default().accepts(html)
}

/// What must not nest deeper.
const MAX_LISTS: u8 = 32;

/// What has been recognized so far.
#[derive(Debug, Default)]
struct Recognizer {
    /// Whether tag characters are accepted.
    tags: bool,
    line: Line,
    block: Option<Block>,
    /// The open lists, one bit each, the innermost lowest: set for `<ol>`.
    numbered: u32,
    lists: u8,
    /// Whether the innermost list waits for an item.
    between_items: bool,
    /// Whether an item was just opened or closed, that is, the list has one.
    has_item: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    Paragraph,
    First,
    Second,
}

impl Recognizer {
    fn accepts(mut self, html: &str) -> bool {
        if html.starts_with('\u{FEFF}') {
            return false;
        }
        let bytes = html.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] == b'<' {
                let Some(length) = self.tag(&html[at..]) else { return false };
                at += length;
                continue;
            }
            let Some(length) = text::text_length(&bytes[at..], self.tags) else { return false };
            if self.between_items || !self.line.text(&bytes[at..at + length]) {
                return false;
            }
            at += length;
        }
        self.lists == 0 && self.block.is_none() && self.line.may_end()
    }

    /// Recognizes the tag at the start of `rest`, and says how long it is.
    fn tag(&mut self, rest: &str) -> Option<usize> {
        let bytes = rest.as_bytes();
        let (fits, length) = match bytes {
            [_, b'b', b'>', ..] => (self.open(Mark::Bold), 3),
            [_, b'i', b'>', ..] => (self.open(Mark::Italic), 3),
            [_, b'p', b'>', ..] => (self.start(Block::Paragraph), 3),
            [_, b'/', b'b', b'>', ..] => (self.line.close(Mark::Bold), 4),
            [_, b'/', b'i', b'>', ..] => (self.line.close(Mark::Italic), 4),
            [_, b'/', b'a', b'>', ..] => (self.line.close(Mark::Link), 4),
            [_, b'/', b'p', b'>', ..] => (self.end(Block::Paragraph), 4),
            [_, b'b', b'r', b'>', ..] => (!self.between_items && self.line.line_break(), 4),
            [_, b'h', b'1', b'>', ..] => (self.start(Block::First), 4),
            [_, b'h', b'2', b'>', ..] => (self.start(Block::Second), 4),
            [_, b'u', b'l', b'>', ..] => (self.start_list(0), 4),
            [_, b'o', b'l', b'>', ..] => (self.start_list(1), 4),
            [_, b'l', b'i', b'>', ..] => (self.start_item(), 4),
            [_, b'/', b'h', b'1', b'>', ..] => (self.end(Block::First), 5),
            [_, b'/', b'h', b'2', b'>', ..] => (self.end(Block::Second), 5),
            [_, b'/', b'u', b'l', b'>', ..] => (self.end_list(0), 5),
            [_, b'/', b'o', b'l', b'>', ..] => (self.end_list(1), 5),
            [_, b'/', b'l', b'i', b'>', ..] => (self.end_item(), 5),
            [_, b'c', b'o', b'd', b'e', b'>', ..] => (self.open(Mark::Code), 6),
            [_, b'/', b'c', b'o', b'd', b'e', b'>', ..] => (self.line.close(Mark::Code), 7),
            [_, b'a', b' ', ..] => (self.open(Mark::Link), text::link(rest)?),
            [_, b'i', b'm', ..] => (!self.between_items && self.line.image(), text::image(rest, self.tags)?),
            _ => return None,
        };
        fits.then_some(length)
    }

    fn open(&mut self, mark: Mark) -> bool {
        !self.between_items && self.line.open(mark)
    }

    fn start(&mut self, block: Block) -> bool {
        let fits = !self.between_items && self.block.is_none() && self.line.may_end();
        self.block = Some(block);
        self.line = Line::in_block();
        fits
    }

    fn end(&mut self, block: Block) -> bool {
        let fits = self.block == Some(block) && self.line.may_end() && !self.line.is_empty_block();
        self.block = None;
        self.line = Line::default();
        fits
    }

    fn start_list(&mut self, numbered: u32) -> bool {
        let fits =
            !self.between_items && self.block.is_none() && self.line.may_end() && self.lists < MAX_LISTS;
        self.numbered = self.numbered << 1 | numbered;
        self.lists += u8::from(fits);
        self.line = Line::default();
        (self.between_items, self.has_item) = (true, false);
        fits
    }

    fn end_list(&mut self, numbered: u32) -> bool {
        let fits = self.lists > 0 && self.between_items && self.has_item && self.numbered & 1 == numbered;
        self.numbered >>= 1;
        self.lists = self.lists.saturating_sub(1);
        self.between_items = false;
        self.line = Line::default();
        fits
    }

    fn start_item(&mut self) -> bool {
        std::mem::replace(&mut self.between_items, false)
    }

    fn end_item(&mut self) -> bool {
        let fits = self.lists > 0 && !self.between_items && self.block.is_none() && self.line.may_end();
        self.line = Line::default();
        (self.between_items, self.has_item) = (true, true);
        fits
    }
}
