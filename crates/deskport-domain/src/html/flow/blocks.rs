//! Paragraphs and headings.

use super::{Flow, Gap, Space};
use crate::html::policy::Heading;
use crate::html::writer::Writer;

/// A paragraph or a heading that is open in the input.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    shape: Shape,
    /// How deep its element is.
    depth: usize,
    written: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Paragraph,
    /// A paragraph around loose text that is to be set apart.
    Loose,
    Heading(Heading),
}

impl Block {
    pub(super) fn is_pending(self) -> bool {
        !self.written
    }

    /// Elements inside `depth` are one level less deep from now on.
    pub(super) fn lift(&mut self, depth: usize) {
        self.depth -= usize::from(self.depth > depth);
    }
}

impl Shape {
    fn write_start(self, writer: &mut Writer<'_>) {
        match self {
            Self::Paragraph | Self::Loose => writer.write("<p>"),
            Self::Heading(Heading::One) => writer.write("<h1>"),
            Self::Heading(Heading::Two) => writer.write("<h2>"),
        }
    }

    fn write_end(self, writer: &mut Writer<'_>) {
        match self {
            Self::Paragraph | Self::Loose => writer.write("</p>"),
            Self::Heading(Heading::One) => writer.write("</h1>"),
            Self::Heading(Heading::Two) => writer.write("</h2>"),
        }
    }
}

impl Flow<'_> {
    /// A paragraph starts; inside a heading it is a line.
    #[inline]
    pub(in crate::html) fn start_paragraph(&mut self, depth: usize) {
        if self.in_heading() {
            return self.gap(Gap::Line);
        }
        self.start_block(Shape::Paragraph, depth);
    }

    /// A heading starts.
    pub(in crate::html) fn start_heading(&mut self, heading: Heading, depth: usize) {
        self.start_block(Shape::Heading(heading), depth);
    }

    fn start_block(&mut self, shape: Shape, depth: usize) {
        self.end_block();
        self.leave_implied_list();
        self.block = Some(Block { shape, depth, written: false });
    }

    /// How deep the open paragraph's element is.
    #[inline]
    pub(in crate::html) fn paragraph_depth(&self) -> Option<usize> {
        self.block.filter(|block| block.shape == Shape::Paragraph).map(|block| block.depth)
    }

    /// How deep the open heading's element is.
    pub(in crate::html) fn heading_depth(&self) -> Option<usize> {
        self.block.filter(|_| self.in_heading()).map(|block| block.depth)
    }

    fn in_heading(&self) -> bool {
        matches!(self.block, Some(Block { shape: Shape::Heading(_), .. }))
    }

    /// Ends the open paragraph or heading, and the line. Often nothing of it is written.
    #[inline]
    pub(super) fn end_block(&mut self) {
        self.space = Space::None;
        self.gap = Gap::None;
        self.on_line = false;
        if self.formats.are_open() || self.block.is_some_and(|block| block.written) {
            self.close_block();
        }
        self.block = None;
    }

    #[inline(never)]
    fn close_block(&mut self) {
        self.close_formats(0);
        if let Some(Block { shape, written: true, .. }) = self.block.take() {
            shape.write_end(&mut self.writer);
        }
    }

    /// Ends the open paragraph or heading if its element is at `depth` or inside it.
    pub(in crate::html) fn end_block_at(&mut self, depth: usize) {
        if self.block.is_some_and(|block| block.shape != Shape::Loose && block.depth >= depth) {
            self.end_block();
        }
    }

    pub(super) fn open_block(&mut self) {
        if let Some(block) = &mut self.block {
            block.written = true;
            block.shape.write_start(&mut self.writer);
        }
    }

    /// Whether the next content starts a paragraph for loose text.
    #[inline]
    pub(super) fn is_to_be_set_apart(&self) -> bool {
        self.gap == Gap::Apart && self.block.is_none_or(|block| block.shape == Shape::Loose)
    }

    /// Starts a paragraph for loose text.
    pub(super) fn set_apart(&mut self) {
        self.end_block();
        self.block = Some(Block { shape: Shape::Loose, depth: 0, written: false });
    }
}
