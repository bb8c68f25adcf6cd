//! Images.

use super::{Cleaner, Gap};
use crate::html::decode::attribute;
use crate::html::tag::{Span, Tag};
use crate::html::url::{Use, Verdict, check};

impl Cleaner<'_> {
    /// Writes an image, or its alternative text.
    pub(super) fn image(&mut self, at: usize, tag: &Tag) {
        if self.removes_hidden() && self.is_tracker(tag) {
            self.removed.trackers += 1;
            return;
        }
        let source = self.source;
        let address = tag.src.map_or("", |src| &source[src.0..src.1]);
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        scratch.push_str("<img src=\"");
        match check(address, Use::Image, &mut scratch) {
            Verdict::Refused => self.instead_of_image(tag),
            Verdict::Canonical if is_verbatim(source, at, tag) => self.flow.image(at, tag.end),
            verdict => {
                if verdict == Verdict::Canonical {
                    scratch.push_str(address);
                }
                self.removed.credentials += usize::from(verdict == Verdict::Rewritten { credentials: true });
                scratch.push('"');
                if let Some(alt) = tag.alt {
                    scratch.push_str(" alt=\"");
                    self.push_alternative(alt, &mut scratch);
                    scratch.push('"');
                }
                scratch.push('>');
                self.flow.escaped(&scratch);
            }
        }
        self.scratch = scratch;
    }

    /// Images of at most one pixel show nothing.
    fn is_tracker(&self, tag: &Tag) -> bool {
        let tiny = |span: Option<Span>| {
            let value = span.map_or("", |span| self.part(span)).trim();
            matches!(value.strip_suffix("px").unwrap_or(value), "0" | "1")
        };
        tiny(tag.width) && tiny(tag.height)
    }

    /// Keeps an image's alternative text, apart from the words around it.
    fn instead_of_image(&mut self, tag: &Tag) {
        self.removed.images += usize::from(tag.src.is_some());
        let Some((from, to)) = tag.alt else { return };
        self.flow.gap(Gap::Space);
        self.attribute_text(from, to);
        self.flow.gap(Gap::Space);
    }

    fn push_alternative(&mut self, (from, to): Span, output: &mut String) {
        let text = self.visible(attribute(&self.source[from..to]));
        for character in text.chars() {
            match character {
                '&' => output.push_str("&amp;"),
                '<' => output.push_str("&lt;"),
                '>' => output.push_str("&gt;"),
                '"' => output.push_str("&quot;"),
                '\u{A0}' => output.push_str("&nbsp;"),
                '\r' => output.push('\n'),
                _ => output.push(character),
            }
        }
    }
}

/// Whether the tag is written `<img src="…">` or `<img src="…" alt="…">`, its text needing no change.
fn is_verbatim(source: &str, at: usize, tag: &Tag) -> bool {
    let Some(src) = tag.src else { return false };
    if !source[at..].starts_with("<img src=\"") || src.0 != at + "<img src=\"".len() {
        return false;
    }
    let rest = &source[src.1..tag.end];
    let Some(alt) = tag.alt else { return rest == "\">" };
    let text = &source[alt.0..alt.1];
    rest.starts_with("\" alt=\"")
        && alt.0 == src.1 + "\" alt=\"".len()
        && &source[alt.1..tag.end] == "\">"
        && !text.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'\r' | 0 | 0xC2 | 0xF3))
}
