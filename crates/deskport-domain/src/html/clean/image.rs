//! Images.

use super::{Cleaner, Gap};
use crate::html::decode::attribute;
use crate::html::tag::{Image, Span, Tag};
use crate::html::url::{Use, Verdict, check};

impl Cleaner<'_> {
    /// Writes an image, or its alternative text.
    pub(super) fn image(&mut self, at: usize, tag: &Tag) {
        let image = tag.image(self.source.as_bytes());
        if self.removes_hidden() && self.is_tracker(&image) {
            self.removed.trackers += 1;
            return;
        }
        let src = image.src.unwrap_or_default();
        let mut written = String::new();
        match check(self.part(src), Use::Image, &mut written) {
            Verdict::Refused => return self.instead_of_image(&image),
            Verdict::Canonical if is_verbatim(self.source, at, tag.end, &image) => {
                return self.flow.kept(at, tag.end);
            }
            Verdict::Canonical => {
                self.flow.escaped("<img src=\"");
                self.flow.kept(src.0, src.1);
            }
            Verdict::Rewritten { credentials } => {
                self.removed.credentials += usize::from(credentials);
                self.flow.escaped("<img src=\"");
                self.flow.escaped_text(&written);
            }
        }
        if let Some(alt) = image.alt {
            self.flow.escaped("\" alt=\"");
            self.alternative(alt);
        }
        self.flow.escaped("\">");
    }

    /// Images of at most one pixel show nothing.
    fn is_tracker(&self, image: &Image) -> bool {
        let tiny = |span: Option<Span>| {
            let value = span.map_or("", |span| self.part(span)).trim();
            matches!(value.strip_suffix("px").unwrap_or(value), "0" | "1")
        };
        tiny(image.width) && tiny(image.height)
    }

    /// Keeps an image's alternative text, apart from the words around it.
    fn instead_of_image(&mut self, image: &Image) {
        self.removed.images += usize::from(image.src.is_some());
        let Some((from, to)) = image.alt else { return };
        self.flow.gap(Gap::Space);
        self.attribute_text(from, to);
        self.flow.gap(Gap::Space);
    }

    /// Writes an image's alternative text where it belongs.
    fn alternative(&mut self, (from, to): Span) {
        if is_plain(self.part((from, to))) {
            return self.flow.kept(from, to);
        }
        let text = self.visible(attribute(self.part((from, to))));
        for character in text.chars() {
            match character {
                '&' => self.flow.escaped("&amp;"),
                '<' => self.flow.escaped("&lt;"),
                '>' => self.flow.escaped("&gt;"),
                '"' => self.flow.escaped("&quot;"),
                '\u{A0}' => self.flow.escaped("&nbsp;"),
                '\r' => self.flow.escaped("\n"),
                _ => self.flow.escaped_text(character.encode_utf8(&mut [0; 4])),
            }
        }
    }
}

/// Whether the tag is written `<img src="…">` or `<img src="…" alt="…">`, its text needing no change.
fn is_verbatim(source: &str, at: usize, end: usize, image: &Image) -> bool {
    let Some(src) = image.src else { return false };
    if !source[at..].starts_with("<img src=\"") || src.0 != at + "<img src=\"".len() {
        return false;
    }
    let rest = &source[src.1..end];
    let Some(alt) = image.alt else { return rest == "\">" };
    let text = &source[alt.0..alt.1];
    rest.starts_with("\" alt=\"")
        && alt.0 == src.1 + "\" alt=\"".len()
        && &source[alt.1..end] == "\">"
        && is_plain(text)
}

/// Whether the value of an attribute can be written as it is.
fn is_plain(value: &str) -> bool {
    !value.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\r' | 0 | 0xC2 | 0xF3))
}
