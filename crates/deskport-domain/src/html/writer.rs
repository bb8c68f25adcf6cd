//! Writes the output; copies nothing while it equals the input.

use std::borrow::Cow;

/// Output that is, so far, `flushed` followed by `source[start..end]`.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    source: &'a str,
    flushed: String,
    start: usize,
    end: usize,
}

/// Messages are seldom longer than so many bytes.
const LIKELY: usize = 1024;

impl<'a> Writer<'a> {
    /// A writer whose output may turn out to be a part of `source`; `buffer` is used if not.
    pub(super) fn new(source: &'a str, buffer: String) -> Self {
        Self { source, flushed: buffer, start: 0, end: 0 }
    }

    /// Writes a part of the source.
    #[inline]
    pub(super) fn keep(&mut self, from: usize, to: usize) {
        if from != self.end {
            self.flush();
            self.start = from;
        }
        self.end = to;
    }

    /// Writes `text`, for free if the source goes on just like this. For constants: these are compared
    /// without a call.
    #[inline]
    pub(super) fn write(&mut self, text: &str) {
        if self.source.as_bytes()[self.end..].starts_with(text.as_bytes()) {
            self.end += text.len();
        } else {
            self.flush();
            self.flushed.push_str(text);
        }
    }

    /// The same for any text. Mostly the first byte tells; comparing all of them costs a call.
    #[inline]
    pub(super) fn write_any(&mut self, text: &str) {
        let (rest, wanted) = (&self.source.as_bytes()[self.end..], text.as_bytes());
        if rest.first() == wanted.first() && rest.starts_with(wanted) {
            self.end += text.len();
        } else {
            self.flush();
            self.flushed.push_str(text);
        }
    }

    /// Writes one character.
    pub(super) fn write_char(&mut self, character: char) {
        self.write_any(character.encode_utf8(&mut [0; 4]));
    }

    /// Whether nothing was written.
    pub(super) fn is_empty(&self) -> bool {
        self.start == self.end && self.flushed.is_empty()
    }

    /// The output, borrowed from the source if it is a part of it, and the buffer if it was not needed.
    pub(super) fn finish(&mut self) -> (Cow<'a, str>, String) {
        if self.flushed.is_empty() {
            let output = Cow::Borrowed(&self.source[self.start..self.end]);
            return (output, std::mem::take(&mut self.flushed));
        }
        self.flush();
        (Cow::Owned(std::mem::take(&mut self.flushed)), String::new())
    }

    #[inline]
    fn flush(&mut self) {
        if self.start < self.end {
            self.flush_run();
        }
    }

    fn flush_run(&mut self) {
        if self.flushed.capacity() == 0 {
            self.allocate();
        }
        self.flushed.push_str(&self.source[self.start..self.end]);
        self.start = self.end;
    }

    /// Once for each message, and so out of the way.
    #[cold]
    fn allocate(&mut self) {
        let likely = self.end - self.start + (self.source.len() - self.end).min(LIKELY);
        self.flushed = String::with_capacity(likely);
    }
}
