//! Names of elements and attributes as numbers, which are quicker to read and to compare than text.
#![expect(
    clippy::inline_always,
    reason = "called for every tag; the compiler would rather call than repeat it"
)]

use fearless_simd::{Level, SimdBase, SimdMask, dispatch, u8x16};

/// What stands for a name that is in no table: it is too long, or has a NUL, which would not count at its end.
pub(super) const NO_KEY: u64 = 0;

/// The key of a known name: its bytes in lower case, the first one lowest.
pub(super) const fn key(name: &str) -> u64 {
    let name = name.as_bytes();
    assert!(name.len() <= LONGEST);
    let (mut key, mut index) = (0, name.len());
    while index > 0 {
        index -= 1;
        key = key << 8 | name[index] as u64;
    }
    key
}

/// Reads the name at `start`, which ends before a byte of the classes `ends`: its key, and where it ends.
/// None if the input ends before it does.
#[inline(always)]
pub(super) fn read(bytes: &[u8], start: usize, ends: u8) -> Option<(u64, usize)> {
    read_quickly(bytes, start, ends)
        .map(|(key, end, _)| (key, end))
        .or_else(|| read_slowly(bytes, start, ends))
}

/// The same for the name of a tag, and whether the tag ends right behind it.
#[inline(always)]
pub(super) fn read_tag(bytes: &[u8], start: usize) -> Option<(u64, usize, bool)> {
    if let Some((key, end, last)) = read_quickly(bytes, start, ENDS_TAG_NAME) {
        return Some((key, end, last == b'>'));
    }
    let (key, end) = read_slowly(bytes, start, ENDS_TAG_NAME)?;
    Some((key, end, bytes[end] == b'>'))
}

/// Reads a short name that is not near the end of the input: its key, where it ends, and the byte there.
#[inline(always)]
fn read_quickly(bytes: &[u8], start: usize, ends: u8) -> Option<(u64, usize, u8)> {
    if let Some(chunk) = bytes.get(start..)?.first_chunk()
        && let length @ 1..=LONGEST = plain_length(chunk)
        && let last = chunk[length]
        && (last == b'>' || is(last, ends))
        && let Some(word) = chunk.first_chunk()
    {
        return Some((key_of(*word, length), start + length, last));
    }
    None
}

/// The same for any name, however long or odd, and where the input is about to end.
#[cold]
fn read_slowly(bytes: &[u8], start: usize, ends: u8) -> Option<(u64, usize)> {
    // The first byte is part of the name, whatever it is.
    let end = start + 1 + bytes.get(start + 1..)?.iter().position(|byte| is(*byte, ends))?;
    let name = &bytes[start..end];
    if name.len() > LONGEST || name.contains(&0) {
        return Some((NO_KEY, end));
    }
    let mut word = [0; LONGEST];
    word[..name.len()].copy_from_slice(name);
    Some((key_of(word, name.len()), end))
}

/// The longest name that has a key.
pub(super) const LONGEST: usize = size_of::<u64>();

/// How many bytes come before the first that is below `0` or one of `<=>?`. All bytes that end names are
/// among these, and no byte of a name in a table.
#[inline]
fn plain_length(chunk: &[u8; 16]) -> usize {
    dispatch!(Level::baseline(), simd => {
        let chunk = u8x16::from_slice(simd, chunk);
        let odd = chunk.simd_le(b'0' - 1) | (chunk | 3).simd_eq(b'?');
        odd.to_bitmask().trailing_zeros() as usize
    })
}

/// The key of the first bytes of the word: what differs from a letter only by its case is one.
#[inline]
fn key_of(word: [u8; LONGEST], length: usize) -> u64 {
    const CASED: u64 = u64::from_ne_bytes([0x40; LONGEST]);
    let word = u64::from_le_bytes(word);
    (word | (word & CASED) >> 1) & MASKS[length]
}

/// The bytes of a word that belong to a name of each length.
static MASKS: [u64; LONGEST + 1] = {
    let mut masks = [0; LONGEST + 1];
    let mut length = 1;
    while length <= LONGEST {
        masks[length] = masks[length - 1] << 8 | 0xFF;
        length += 1;
    }
    masks
};

pub(super) const SPACE: u8 = 1;
pub(super) const SLASH: u8 = 2;
pub(super) const CLOSE: u8 = 4;
pub(super) const EQUALS: u8 = 8;

/// The classes of each byte inside of tags.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    classes[b' ' as usize] = SPACE;
    classes[b'\n' as usize] = SPACE;
    classes[b'\t' as usize] = SPACE;
    classes[b'\r' as usize] = SPACE;
    classes[b'\x0C' as usize] = SPACE;
    classes[b'/' as usize] = SLASH;
    classes[b'>' as usize] = CLOSE;
    classes[b'=' as usize] = EQUALS;
    classes
};

#[inline]
pub(super) fn is(byte: u8, classes: u8) -> bool {
    CLASSES[byte as usize] & classes != 0
}

/// What ends the name of a tag.
pub(super) const ENDS_TAG_NAME: u8 = SPACE | SLASH | CLOSE;
/// What ends the name of an attribute.
pub(super) const ENDS_ATTRIBUTE_NAME: u8 = ENDS_TAG_NAME | EQUALS;

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, byte by byte.
    fn read_slowly(bytes: &[u8], ends: u8) -> Option<(u64, usize)> {
        let end = 1 + bytes.get(1..)?.iter().position(|byte| is(*byte, ends))?;
        let name = bytes[..end].to_ascii_lowercase();
        let is_plain = |byte: &u8| *byte >= b'0' && !matches!(*byte, b'<'..=b'?');
        let has_key = name.len() <= 8 && name.iter().all(|byte| is_plain(byte) && byte.is_ascii());
        Some((if has_key { key(str::from_utf8(&name).unwrap()) } else { NO_KEY }, end))
    }

    #[test]
    fn every_byte_is_read_right_at_every_place() {
        for ends in [ENDS_TAG_NAME, ENDS_ATTRIBUTE_NAME] {
            for length in 1..=12 {
                for place in 0..length {
                    for byte in 0..=u8::MAX {
                        let mut text = b"aZ0:qRsTuVwX"[..length].to_vec();
                        text[place] = byte;
                        for end in [&b">"[..], b" x='12345678'>", b"\n", b""] {
                            let text = [&text, end].concat();
                            let (found, slow) = (read(&text, 0, ends), read_slowly(&text, ends));
                            assert_eq!(found.map(|it| it.1), slow.map(|it| it.1), "{text:?}");
                            if slow.is_some_and(|it| it.0 != NO_KEY) && !matches!(byte, b'@' | b'['..=b'_') {
                                assert_eq!(found, slow, "{text:?}");
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_nul_is_a_part_of_the_name() {
        for text in [&b"a\0>"[..], b"a\0>                ", b"\0>"] {
            assert_eq!(read(text, 0, ENDS_TAG_NAME).unwrap().0, NO_KEY, "{text:?}");
        }
    }

    #[test]
    fn no_other_byte_counts_as_a_letter_or_digit() {
        for byte in (0..=u8::MAX).filter(|byte| !byte.is_ascii_alphanumeric() && *byte != b':') {
            let found = read(&[b'a', byte, b'b', b'>'], 0, ENDS_TAG_NAME).unwrap().0;
            let folded = found.to_le_bytes()[1];
            assert!(
                found == NO_KEY || !(folded.is_ascii_alphanumeric() || folded == b':') || folded == 0,
                "{byte}"
            );
        }
    }
}
