//! Lays out plain text: lines, blank lines, list markers, link targets.

use std::borrow::Cow;

use super::pieces::Attributes;

/// Text under construction.
#[derive(Debug)]
pub(super) struct TextWriter {
    text: String,
    /// How many line feeds are due before the next text.
    lines: usize,
    /// Whether a space is due before the next text.
    space: bool,
    /// The number of the last item of each open list; none in bulleted lists.
    lists: Vec<Option<usize>>,
    /// The marker of an item without text so far.
    marker: Option<String>,
    code: bool,
    /// The target of the open link, and where its text starts.
    link: Option<(String, usize)>,
}

impl TextWriter {
    pub(super) fn new(length: usize) -> Self {
        Self {
            text: String::with_capacity(length),
            lines: 0,
            space: false,
            lists: Vec::new(),
            marker: None,
            code: false,
            link: None,
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.code {
            return self.literal(text);
        }
        for (index, word) in text.split([' ', '\n', '\t', '\x0C', '\u{A0}']).enumerate() {
            self.space |= index > 0;
            if !word.is_empty() {
                self.word(word);
            }
        }
    }

    pub(super) fn open(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            "br" => self.line_break(),
            "p" | "h1" | "h2" => self.separate(2),
            "ul" | "ol" => {
                self.separate(if self.lists.is_empty() { 2 } else { 1 });
                self.lists.push((name == "ol").then_some(0));
            }
            "li" => self.item(),
            "code" => self.code = true,
            "a" => {
                let target = attributes.target().map(Cow::into_owned).unwrap_or_default();
                self.link = Some((target, self.text.len()));
            }
            "img" => {
                let alternative = attributes.alternative().filter(|text| !text.trim().is_empty());
                let shown = alternative.or_else(|| attributes.source()).unwrap_or_default();
                self.word(&format!("[{}]", without_controls(&shown)));
            }
            _ => {}
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        match name {
            "p" | "h1" | "h2" => self.separate(2),
            "ul" | "ol" => {
                self.lists.pop();
                self.separate(if self.lists.is_empty() { 2 } else { 1 });
            }
            "li" => {
                self.write_marker();
                self.separate(1);
            }
            "code" => self.code = false,
            "a" => self.end_link(),
            _ => {}
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
    }

    /// Sees to it that at least so many line feeds separate what follows; in lists, one.
    fn separate(&mut self, lines: usize) {
        let lines = if self.lists.is_empty() { lines } else { 1 };
        self.lines = self.lines.max(lines);
        self.space = false;
    }

    fn line_break(&mut self) {
        self.lines += 1;
        self.space = false;
    }

    fn item(&mut self) {
        self.separate(1);
        if let Some(Some(number)) = self.lists.last_mut() {
            *number += 1;
        }
        self.marker = Some(match self.lists.last() {
            Some(Some(number)) => format!("{number}. "),
            _ => "- ".to_owned(),
        });
    }

    fn word(&mut self, word: &str) {
        self.prepare();
        self.text.push_str(&without_controls(word));
    }

    fn literal(&mut self, text: &str) {
        self.prepare();
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.text.push('\n');
            }
            self.text.push_str(&without_controls(line));
        }
    }

    /// Writes what is due before text.
    fn prepare(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        let space = std::mem::take(&mut self.space);
        if !self.text.is_empty() && lines > 0 {
            self.break_lines(lines);
            self.indent();
        } else if space && !self.text.is_empty() && self.marker.is_none() {
            self.text.push(' ');
        }
        self.write_marker();
    }

    /// Writes so many line feeds, those that stand there counted, but never more than one blank line.
    fn break_lines(&mut self, lines: usize) {
        let there = self.text.bytes().rev().take_while(|byte| *byte == b'\n').count();
        self.text.extend(std::iter::repeat_n('\n', lines.min(2).saturating_sub(there)));
    }

    fn indent(&mut self) {
        let depth = self.lists.len().saturating_sub(usize::from(self.marker.is_some()));
        self.text.extend(std::iter::repeat_n("  ", depth));
    }

    fn write_marker(&mut self) {
        let Some(marker) = self.marker.take() else { return };
        let lines = std::mem::take(&mut self.lines);
        if !self.text.is_empty() && lines > 0 {
            self.break_lines(lines);
            self.text.extend(std::iter::repeat_n("  ", self.lists.len().saturating_sub(1)));
        }
        self.text.push_str(&marker);
    }

    /// Writes the link's target unless its text says the same.
    fn end_link(&mut self) {
        let Some((target, start)) = self.link.take() else { return };
        let shown = self.text.get(start..).unwrap_or_default().trim();
        let bare = target.split_once(':').map_or("", |(_, rest)| rest).trim_start_matches('/');
        let says_it = [target.as_str(), bare, bare.trim_end_matches('/')].contains(&shown);
        if !says_it {
            self.text.push_str(" (");
            self.text.push_str(&without_controls(&target));
            self.text.push(')');
        }
    }
}

/// The text without control characters, which could do harm on a terminal.
fn without_controls(text: &str) -> Cow<'_, str> {
    if text.contains(|character: char| character.is_control() && character != '\t') {
        Cow::Owned(text.chars().filter(|it| !it.is_control() || *it == '\t').collect())
    } else {
        Cow::Borrowed(text)
    }
}
