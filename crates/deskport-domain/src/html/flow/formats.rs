//! Bold, italic, code and links: which are wanted, and which of these are written.

use super::Flow;
use crate::html::element::Element;
use crate::html::open::Open;
use crate::html::policy::Becomes;
use crate::html::steps::steps;
use crate::html::tag::Span;

/// What a piece of formatting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::html) enum Kind {
    Bold,
    Italic,
    Code,
    Link,
}

/// A piece of formatting that is wanted for the text that follows.
#[derive(Clone, Copy, Debug)]
struct Format {
    kind: Kind,
    /// The element that asks for it, and how deep that is.
    element: Element,
    depth: usize,
    /// Whether its tag was written at least once.
    written: bool,
}

/// Where the start tag of the link is that is wanted.
#[derive(Debug)]
pub(in crate::html) enum Link {
    /// The source has it as it is to be written.
    Tag(Span),
    /// The source has its address.
    Address(Span),
    /// This is its address, as it is to be written.
    Written(String),
}

/// All formatting that is wanted, outermost first; the first `open` of them are written.
#[derive(Debug)]
pub(super) struct Formats {
    wanted: [Option<Format>; 4],
    length: usize,
    open: usize,
    /// Whether any that was written may be closed and still wanted.
    suspended: bool,
    code: bool,
    link: Link,
    /// How many bytes may still be spent on formatting that comes back after a block.
    budget: usize,
}

impl Formats {
    pub(super) fn new(input_length: usize) -> Self {
        Self {
            wanted: [None; 4],
            length: 0,
            open: 0,
            suspended: false,
            code: false,
            link: Link::Tag((0, 0)),
            budget: input_length + 128,
        }
    }

    pub(super) fn has_code(&self) -> bool {
        self.code
    }

    pub(super) fn are_pending(&self) -> bool {
        self.open < self.length
    }

    /// Whether any tag is written and not closed.
    pub(super) fn are_open(&self) -> bool {
        self.open > 0
    }

    fn position(&self, kind: Kind) -> Option<usize> {
        self.wanted[..self.length].iter().position(|format| format.is_some_and(|it| it.kind == kind))
    }

    fn tag_length(&self, kind: Kind) -> usize {
        match (kind, &self.link) {
            (Kind::Bold | Kind::Italic, _) => 7,
            (Kind::Code, _) => 13,
            (Kind::Link, Link::Tag((from, to))) => to - from + 4,
            (Kind::Link, Link::Address((from, to))) => to - from + 15,
            (Kind::Link, Link::Written(address)) => address.len() + 15,
        }
    }
}

impl Flow<'_> {
    /// Formatting starts; nothing happens if there is such formatting already.
    #[inline]
    pub(in crate::html) fn start_format(&mut self, kind: Kind, element: Element, depth: usize) {
        if self.formats.position(kind).is_some() {
            return;
        }
        let formats = &mut self.formats;
        if let Some(free) = formats.wanted.get_mut(formats.length) {
            *free = Some(Format { kind, element, depth, written: false });
            formats.length += 1;
            formats.code |= kind == Kind::Code;
        }
    }

    /// A link starts.
    pub(in crate::html) fn start_link(&mut self, link: Link, element: Element, depth: usize) {
        self.formats.link = link;
        self.start_format(Kind::Link, element, depth);
    }

    /// Formatting of this kind ends if the element that asks for it is at `depth`.
    #[inline]
    pub(in crate::html) fn end_format_at(&mut self, kind: Kind, depth: usize) {
        let Some(index) = self.formats.position(kind) else { return };
        if self.formats.wanted[index].is_some_and(|format| format.depth == depth) {
            self.end_format(index, kind);
        }
    }

    /// Formatting of this kind ends.
    pub(in crate::html) fn end_format_of(&mut self, kind: Kind) {
        if let Some(index) = self.formats.position(kind) {
            self.end_format(index, kind);
        }
    }

    #[inline]
    fn end_format(&mut self, index: usize, kind: Kind) {
        let formats = &mut self.formats;
        if formats.open != index + 1 || formats.length != index + 1 {
            return self.end_any_format(index, kind);
        }
        // Mostly it is the innermost, and its tag is the last that was written.
        formats.open = index;
        formats.length = index;
        formats.suspended = false;
        formats.code &= kind != Kind::Code;
        self.write_end(kind);
    }

    #[inline(never)]
    fn end_any_format(&mut self, index: usize, kind: Kind) {
        if self.formats.open == index + 1 {
            self.formats.open = index;
            self.write_end(kind);
        } else {
            self.close_formats(index);
        }
        let formats = &mut self.formats;
        if formats.length > index + 1 {
            formats.wanted.copy_within(index + 1..formats.length, index);
        }
        formats.length -= 1;
        formats.suspended &= formats.open < formats.length;
        formats.code &= kind != Kind::Code;
    }

    /// Reopens formatting whose element was at `depth` or inside it, as browsers do, or ends it.
    #[inline]
    pub(super) fn carry_formats(&mut self, depth: usize, bound: bool, open: &mut Open) {
        let mut index = 0;
        steps(self.formats.length);
        while index < self.formats.length {
            match &mut self.formats.wanted[index] {
                Some(format) if format.depth >= depth => {
                    if bound || format.element.becomes == Becomes::CodeBlock {
                        let kind = format.kind;
                        self.end_format(index, kind);
                        continue;
                    }
                    format.depth = open.push(format.element);
                }
                _ => {}
            }
            index += 1;
        }
    }

    /// Elements inside `depth` are one level less deep from now on.
    pub(super) fn lift_formats(&mut self, depth: usize) {
        for format in self.formats.wanted.iter_mut().flatten() {
            format.depth -= usize::from(format.depth > depth);
        }
    }

    /// Writes the end tags of all formatting but the outermost `keep`.
    #[inline]
    pub(super) fn close_formats(&mut self, keep: usize) {
        if self.formats.open > keep {
            self.close_open_formats(keep);
        }
    }

    fn close_open_formats(&mut self, keep: usize) {
        self.formats.suspended = true;
        while self.formats.open > keep {
            self.formats.open -= 1;
            if let Some(format) = self.formats.wanted[self.formats.open] {
                self.write_end(format.kind);
            }
        }
    }

    #[inline(never)]
    fn write_end(&mut self, kind: Kind) {
        match kind {
            Kind::Bold => self.writer.write("</b>"),
            Kind::Italic => self.writer.write("</i>"),
            Kind::Code => self.writer.write("</code>"),
            Kind::Link => self.writer.write("</a>"),
        }
    }

    /// Makes sure of the formatting that text will have, before anything is decided by it: a gap that is due
    /// may close what is open, and what there is no budget for does not come back.
    #[inline]
    pub(super) fn settle_formats(&mut self) {
        // What was never closed costs nothing.
        if self.formats.suspended || self.is_to_be_set_apart() {
            self.settle_some_formats();
        }
    }

    fn settle_some_formats(&mut self) {
        if self.formats.are_pending() || self.formats.code {
            self.afford_formats();
        }
    }

    /// Gives up wanted formatting that there is no budget for.
    pub(super) fn afford_formats(&mut self) {
        let mut index = if self.is_to_be_set_apart() { 0 } else { self.formats.open };
        let mut budget = self.formats.budget;
        while index < self.formats.length {
            let Some(format) = self.formats.wanted[index] else { return };
            let cost = if format.written { self.formats.tag_length(format.kind) } else { 0 };
            if cost > budget {
                self.end_format(index, format.kind);
            } else {
                budget -= cost;
                index += 1;
            }
        }
    }

    /// Writes the start tags of wanted formatting that can be afforded.
    #[inline(never)]
    pub(super) fn open_formats(&mut self) {
        if self.formats.suspended {
            self.afford_formats();
        }
        while self.formats.are_pending() {
            let index = self.formats.open;
            let Some(format) = &mut self.formats.wanted[index] else { return };
            let (kind, again) = (format.kind, std::mem::replace(&mut format.written, true));
            if again {
                self.formats.budget = self.formats.budget.saturating_sub(self.formats.tag_length(kind));
            }
            self.formats.open += 1;
            self.write_start(kind);
        }
        self.formats.suspended = false;
    }

    #[inline]
    fn write_start(&mut self, kind: Kind) {
        match kind {
            Kind::Bold => self.writer.write("<b>"),
            Kind::Italic => self.writer.write("<i>"),
            Kind::Code => self.writer.write("<code>"),
            Kind::Link => self.write_link(),
        }
    }

    #[inline(never)]
    fn write_link(&mut self) {
        let (from, to) = match &self.formats.link {
            Link::Tag((from, to)) => return self.writer.keep(*from, *to),
            Link::Address(address) => *address,
            Link::Written(address) => {
                self.writer.write("<a href=\"");
                self.writer.write_any(address);
                return self.writer.write("\">");
            }
        };
        self.writer.write("<a href=\"");
        self.writer.keep(from, to);
        self.writer.write("\">");
    }
}
