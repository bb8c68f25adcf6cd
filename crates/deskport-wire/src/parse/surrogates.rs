//! Halves of UTF-16 surrogate pairs in JSON escapes, which JSON may hold and Unicode text may not.

use std::borrow::Cow;

use memchr::memchr;

/// The length of an escape such as `\ud83d`.
const ESCAPE: usize = 6;

/// Replaces each escaped surrogate without its other half by the escape of U+FFFD.
///
/// Whole pairs and escaped backslashes stay. Nothing moves, so positions in errors still hold.
pub(super) fn repair(json: &[u8]) -> Cow<'_, [u8]> {
    let mut repaired = Cow::Borrowed(json);
    let mut at = 0;
    while let Some(offset) = memchr(b'\\', &json[at..]) {
        let escape = at + offset;
        let unit = surrogate(json, escape);
        let pair = unit.is_some_and(is_high) && surrogate(json, escape + ESCAPE).is_some_and(is_low);
        at = json.len().min(match unit {
            None => escape + 2,
            Some(_) if pair => escape + 2 * ESCAPE,
            Some(_) => {
                repaired.to_mut()[escape + 2..escape + ESCAPE].copy_from_slice(b"fffd");
                escape + ESCAPE
            }
        });
    }
    repaired
}

/// The surrogate that is escaped at `at`, if one is.
fn surrogate(json: &[u8], at: usize) -> Option<u16> {
    let digits = json.get(at..at + ESCAPE)?.strip_prefix(b"\\u")?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let unit = u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    (is_high(unit) || is_low(unit)).then_some(unit)
}

fn is_high(unit: u16) -> bool {
    (0xd800..0xdc00).contains(&unit)
}

fn is_low(unit: u16) -> bool {
    (0xdc00..0xe000).contains(&unit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Decodes a JSON string's inside as UTF-16, unit by unit, with U+FFFD for lone halves.
    fn slow_reference(inside: &str) -> String {
        let mut units = Vec::new();
        let mut rest = inside;
        while let Some(first) = rest.chars().next() {
            rest = &rest[first.len_utf8()..];
            if first != '\\' {
                units.extend(first.encode_utf16(&mut [0; 2]).iter());
            } else if let Some(digits) = rest.strip_prefix('u') {
                units.push(u16::from_str_radix(&digits[..4], 16).unwrap());
                rest = &digits[4..];
            } else {
                units.push(u16::from(rest.as_bytes()[0]));
                rest = &rest[1..];
            }
        }
        String::from_utf16_lossy(&units)
    }

    proptest! {
        #[test]
        fn repaired_text_is_what_a_lossy_decoder_reads(
            inside in r#"([a-c\u{e4}\u{1f600}]|\\\\|\\"|\\u[dD][89abAB][0-9a-f]{2}|\\u[dD][c-fC-F][0-9A-F]{2}|\\u00e4|u){0,12}"#
        ) {
            let json = format!("\"{inside}\"");
            let text: String = serde_json::from_slice(&repair(json.as_bytes())).unwrap();
            prop_assert_eq!(text, slow_reference(&inside));
        }

        #[test]
        fn any_bytes_keep_their_length(bytes in prop::collection::vec(prop::sample::select(b"\\ud8cF\"".to_vec()), 0..30)) {
            prop_assert_eq!(repair(&bytes).len(), bytes.len());
        }
    }

    #[test]
    fn text_without_lone_halves_is_not_copied() {
        for json in [&b"{}"[..], br"\ud83d\ude00", br"\\ud83d", br"\n\u00e4", br"\ud8", br"\ud8zz"] {
            assert!(matches!(repair(json), Cow::Borrowed(same) if same == json));
        }
    }
}
