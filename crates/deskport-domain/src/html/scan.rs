//! Looks through text, many bytes at a time.

use memchr::{memchr, memchr3};

/// Bytes that text may have to be changed for. `C2` starts a no-break space, `F3` a tag character.
#[inline]
const fn needs_care(byte: u8) -> bool {
    matches!(byte, b'<' | b'>' | b'&' | b'\r' | 0 | 0xC2 | 0xF3)
}

/// The same, as a table.
static CARE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "below 256")]
        let value = byte as u8;
        table[byte] = needs_care(value);
        byte += 1;
    }
    table
};

/// Where the text at `at` ends, and whether it can be written as it is.
///
/// Short texts, of which markup is full, are looked through byte by byte; long ones with vectors.
#[inline]
pub(super) fn text_end(bytes: &[u8], at: usize) -> (usize, bool) {
    let mut end = at;
    let near = bytes.len().min(at + 24);
    while end < near && !CARE[bytes[end] as usize] {
        end += 1;
    }
    if end == bytes.len() || bytes[end] == b'<' {
        return (end, true);
    }
    let plain = end == near;
    let end = memchr(b'<', &bytes[end..]).map_or(bytes.len(), |found| end + found);
    (end, plain && is_plain(&bytes[near..end]))
}

/// From this length on, two searches with wide vectors beat one with narrow ones.
const LONG: usize = 96;

/// Whether text that has no `<` can be written as it is.
#[inline]
fn is_plain(text: &[u8]) -> bool {
    if text.len() >= LONG {
        return memchr3(b'>', b'&', b'\r', text).is_none() && memchr3(0, 0xC2, 0xF3, text).is_none();
    }
    let (chunks, rest) = text.as_chunks::<16>();
    chunks.iter().all(is_plain_chunk) && !rest.iter().fold(false, |any, byte| any | CARE[*byte as usize])
}

/// Whether no byte needs care; without branches, so that it can be done with vectors.
#[inline]
fn is_plain_chunk(chunk: &[u8; 16]) -> bool {
    let one = u8::from;
    let mut care = [0; 16];
    for (care, byte) in care.iter_mut().zip(chunk) {
        let byte = *byte;
        *care = one(byte | 2 == b'>')
            | one(byte == b'&')
            | one(byte == b'\r')
            | one(byte == 0)
            | one(byte == 0xC2)
            | one(byte == 0xF3);
    }
    care == [0; 16]
}

/// How many bytes at the start of text can be written as they are.
#[inline]
pub(super) fn plain_length(text: &[u8]) -> usize {
    let (chunks, rest) = text.as_chunks::<16>();
    let plain = chunks.iter().take_while(|chunk| is_plain_chunk(chunk)).count();
    let (from, tail) = match chunks.get(plain) {
        Some(chunk) => (plain * 16, chunk.as_slice()),
        None => (plain * 16, rest),
    };
    from + tail.iter().take_while(|byte| !CARE[**byte as usize]).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_that_needs_care_is_found_at_every_place() {
        for length in [1, 15, 16, 17, 40, LONG, LONG + 33] {
            for place in 0..length {
                for byte in [b'>', b'&', b'\r', 0, 0xC2, 0xF3] {
                    let mut text = vec![b'a'; length];
                    assert!(is_plain(&text));
                    assert_eq!(plain_length(&text), length);
                    text[place] = byte;
                    assert!(!is_plain(&text));
                    assert_eq!(plain_length(&text), place);
                }
            }
        }
    }
}
