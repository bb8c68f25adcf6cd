//! A quick look at a style: whether it is worth to be read at all.

use crate::html::steps::steps;
use crate::html::tag::Span;

/// The last few styles that were looked at and do not hide: mail says the same over and over.
#[derive(Debug, Default)]
pub(in crate::html) struct Harmless {
    styles: [Span; 8],
    next: usize,
}

impl Harmless {
    /// Whether this style is none of the harmless ones, so that it may hide. Never wrongly says no.
    #[inline]
    pub(in crate::html) fn lacks(&mut self, source: &[u8], (from, to): Span) -> bool {
        let style = &source[from..to];
        if self
            .styles
            .iter()
            .any(|known| known.1 - known.0 == style.len() && source[known.0..known.1] == *style)
        {
            return false;
        }
        if may_hide(style) {
            return true;
        }
        self.styles[self.next % 8] = (from, to);
        self.next += 1;
        false
    }
}

/// Looks for the colons of properties that can hide, all of which end in `y` or `e`, and for escapes.
fn may_hide(style: &[u8]) -> bool {
    steps(style.len());
    let mut at = 0;
    while let Some(window) = style.get(at..).and_then(|rest| rest.first_chunk()) {
        if suspects(window) != 0 && any_hides(style, at, window) {
            return true;
        }
        at += STEP;
    }
    let mut window = [0; STEP + 2];
    let rest = &style[at..];
    window[..rest.len()].copy_from_slice(rest);
    suspects(&window) != 0 && any_hides(style, at, &window)
}

/// How many bytes are looked at together.
const STEP: usize = 16;

/// For each three bytes that follow each other, one if the second may be the colon of a declaration that
/// hides, or the first may be part of an escape. Found without branches, which vectors do not have.
#[inline]
fn suspects(window: &[u8; STEP + 2]) -> u128 {
    let one = u8::from;
    let mut suspects = [0; STEP];
    for (place, suspect) in suspects.iter_mut().enumerate() {
        let (before, byte, after) = (window[place], window[place + 1], window[place + 2]);
        let ends_property = one(before | 0x20 == b'y') | one(before | 0x20 == b'e') | one(before <= b' ');
        let is_large = one(after.wrapping_sub(b'1') < 9);
        *suspect = (one(byte == b':') & ends_property & !is_large)
            | one(before == b'\\')
            | one(before == b'*')
            | one(before == b'&');
    }
    u128::from_le_bytes(suspects)
}

/// Whether one of the suspects in `window`, which is the style from `at` on, is what it may be.
#[cold]
fn any_hides(style: &[u8], at: usize, window: &[u8; STEP + 2]) -> bool {
    let mut suspects = suspects(window);
    while suspects != 0 {
        let place = suspects.trailing_zeros() as usize / 8;
        if is_escape(window[place]) || hides(style, at + place + 1) {
            return true;
        }
        suspects &= suspects - 1;
    }
    false
}

/// Whether this byte may be part of an escape or a comment.
#[inline]
fn is_escape(byte: u8) -> bool {
    matches!(byte, b'\\' | b'*' | b'&')
}

/// Whether the declaration with its colon here has a property that can hide, and a value that may.
#[inline]
fn hides(style: &[u8], colon: usize) -> bool {
    let (property, value) = (style[..colon].trim_ascii_end(), style[colon + 1..].trim_ascii_start());
    let is = |name: &[u8]| {
        property.len() >= name.len() && property[property.len() - name.len()..].eq_ignore_ascii_case(name)
    };
    match value.first() {
        Some(b'n' | b'N') => is(b"display"),
        Some(b'h' | b'H' | b'c' | b'C') => is(b"visibility"),
        Some(b'a' | b'A') => is(b"mso-hide"),
        Some(b'0' | b'.' | b'+' | b'-') => is(b"opacity") || is(b"font-size"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::html::hidden::{Size, Style};

    const PIECES: &[&str] = &[
        "display",
        "visibility",
        "opacity",
        "font-size",
        "mso-hide",
        "font",
        ":",
        ": ",
        " :",
        "none",
        "hidden",
        "collapse",
        "0",
        "0px",
        ".0",
        "all",
        ";",
        " ",
        "/*",
        "*/",
        "\\6e ",
        "&colon;",
        "!important",
        "color:red;",
        "xxxxxxxxx",
        "+0",
        "-0",
        "\u{A0}",
        "\t",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 5000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_style_that_hides_is_always_read(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
            let style = pieces.concat();
            let read = Style::read(&style);
            let hides = read.hidden || read.hidden_in_outlook || read.size == Size::Zero;
            prop_assert!(!hides || may_hide(style.as_bytes()), "{style:?}");
        }
    }

    #[test]
    fn common_styles_are_not_read() {
        for style in [
            "",
            "x",
            "margin:0;padding:0;border:0",
            "font-family:Arial,sans-serif;font-size:11pt;white-space:pre-wrap",
        ] {
            assert!(!may_hide(style.as_bytes()), "{style}");
        }
    }
}
