//! Recognizes the formatting and the white space of a line of clean text.
//!
//! Outside of code, white space stands only between two things on one line: never first or last on
//! a line, at an inner edge of formatting, or twice in a row.

/// A kind of formatting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Bold,
    Italic,
    Code,
    Link,
}

/// What stands before this place on the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Before {
    /// Nothing: the line starts here.
    #[default]
    Start,
    /// The start tag of a paragraph or heading.
    BlockTag,
    /// The start tag of formatting.
    MarkTag,
    /// Something to see.
    Content,
    /// White space after something to see.
    Space,
}

/// The line so far: which formatting is open, outermost first, and what stands last.
#[derive(Debug, Default)]
pub(super) struct Line {
    open: [Option<Mark>; 4],
    count: usize,
    code: bool,
    before: Before,
}

impl Line {
    /// The first line of a paragraph or heading.
    pub(super) fn in_block() -> Self {
        Self { before: Before::BlockTag, ..Self::default() }
    }

    /// Whether the paragraph or heading has nothing in it.
    pub(super) fn is_empty_block(&self) -> bool {
        self.before == Before::BlockTag
    }

    /// Whether the block around the line may end or another may start here.
    pub(super) fn may_end(&self) -> bool {
        self.count == 0 && self.before != Before::Space
    }

    pub(super) fn text(&mut self, text: &[u8]) -> bool {
        if self.code {
            self.before = Before::Content;
            return true;
        }
        let is_space = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t' | b'\n' | b'\x0C'));
        let fits = !is_space(text.first()) || self.before == Before::Content;
        self.before = if is_space(text.last()) { Before::Space } else { Before::Content };
        fits
    }

    pub(super) fn image(&mut self) -> bool {
        self.before = Before::Content;
        true
    }

    pub(super) fn line_break(&mut self) -> bool {
        let fits = !matches!(self.before, Before::Space | Before::MarkTag);
        self.before = Before::Start;
        fits
    }

    pub(super) fn open(&mut self, mark: Mark) -> bool {
        if self.open[..self.count].contains(&Some(mark)) {
            return false;
        }
        self.open[self.count] = Some(mark);
        self.count += 1;
        self.code |= mark == Mark::Code;
        self.before = Before::MarkTag;
        true
    }

    pub(super) fn close(&mut self, mark: Mark) -> bool {
        let fits = self.count > 0
            && self.open[self.count - 1] == Some(mark)
            && !matches!(self.before, Before::Space | Before::MarkTag);
        if fits {
            self.count -= 1;
            self.code &= mark != Mark::Code;
        }
        fits
    }
}
