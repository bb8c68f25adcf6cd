//! Halves of UTF-16 surrogate pairs in JSON escapes, which JSON may hold and Unicode text may not.

use std::borrow::Cow;

/// The length of an escape such as `\ud83d`.
const ESCAPE: usize = 6;

/// Replaces each escaped surrogate without its other half by the escape of U+FFFD.
///
/// Whole pairs and escaped backslashes stay. Nothing moves, so positions in errors still hold.
pub(super) fn repair(json: &[u8]) -> Cow<'_, [u8]> {
    let mut repaired = Cow::Borrowed(json);
    let mut at = 0;
    while let Some(offset) = json[at..].iter().position(|byte| *byte == b'\\') {
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
