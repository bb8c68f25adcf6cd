//! A quick look at a style: whether it is worth to be read at all.

use crate::html::steps::steps;

/// Whether a `style` attribute may hide its element. Never wrongly says no.
///
/// All properties that hide end in `y` or `e`, and so do few others with such values.
#[inline]
pub(in crate::html) fn may_hide(style: &[u8]) -> bool {
    steps(style.len());
    let mut at = 0;
    while let Some(window) = style.get(at..).and_then(|rest| rest.first_chunk()) {
        if window_may_hide(style, at, window) {
            return true;
        }
        at += STEP;
    }
    let rest = style.get(at..).unwrap_or_default();
    let mut window = [0; STEP + 2];
    window[..rest.len()].copy_from_slice(rest);
    window_may_hide(style, at, &window)
}

/// Whether a declaration may hide whose colon is in `window`, which is the style from `at` on.
#[inline]
fn window_may_hide(style: &[u8], at: usize, window: &[u8; STEP + 2]) -> bool {
    let mut suspects = [0; STEP];
    for (place, suspect) in suspects.iter_mut().enumerate() {
        *suspect = suspicion(window[place], window[place + 1], window[place + 2]);
    }
    suspects != [0; STEP]
        && (0..STEP).any(|place| {
            let is_suspect = suspicion(window[place], window[place + 1], window[place + 2]) != 0;
            is_suspect && hides(style, at + place + 1)
        })
}

/// How many bytes are looked at together.
const STEP: usize = 16;

/// One if the middle byte may be the colon of a declaration that hides, or if an escape is before it,
/// found without branches, which vectors do not have.
#[inline]
fn suspicion(before: u8, byte: u8, after: u8) -> u8 {
    let one = u8::from;
    let ends_property = one(before | 0x20 == b'y') | one(before | 0x20 == b'e') | one(before <= b' ');
    let starts_value = one(after | 0x20 == b'n')
        | one(after | 0x20 == b'h')
        | one(after | 0x20 == b'c')
        | one(after | 0x20 == b'a')
        | one(after == b'0')
        | one(after <= b'.');
    (one(byte == b':') & ends_property & starts_value)
        | one(before == b'\\')
        | one(before == b'*')
        | one(before == b'&')
}

/// Whether this byte may be part of an escape or a comment.
#[inline]
fn is_escape(byte: u8) -> bool {
    matches!(byte, b'\\' | b'*' | b'&')
}

/// Whether the declaration with its colon here has a property that can hide, or an escape is near.
fn hides(style: &[u8], colon: usize) -> bool {
    const PROPERTIES: [&[u8]; 5] = [b"display", b"visibility", b"opacity", b"mso-hide", b"font-size"];
    let property = style[..colon.min(style.len())].trim_ascii_end();
    style.get(colon - 1).is_some_and(|byte| is_escape(*byte))
        || PROPERTIES.iter().any(|name| {
            property.len() >= name.len() && property[property.len() - name.len()..].eq_ignore_ascii_case(name)
        })
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
