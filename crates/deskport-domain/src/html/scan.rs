//! Looks through text for what cannot be written as it is.

use memchr::memchr;

use super::byte_set::ByteSet;

/// Bytes that text may have to be changed for. `C2` starts a no-break space, `F3` a tag character.
static CARE: ByteSet<7> = ByteSet::of(*b"<>&\r\0\xC2\xF3");

/// Where the text at `at` ends, and where its first byte is that needs care: there too, if none does.
#[inline]
pub(super) fn text_end(bytes: &[u8], at: usize) -> (usize, usize) {
    let care = at + plain_length(&bytes[at..]);
    if bytes.get(care).is_none_or(|byte| *byte == b'<') {
        return (care, care);
    }
    (memchr(b'<', &bytes[care..]).map_or(bytes.len(), |found| care + found), care)
}

/// How many bytes at the start of text can be written as they are.
#[inline]
pub(super) fn plain_length(text: &[u8]) -> usize {
    CARE.length_before(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_ends_at_markup_and_needs_care_from_its_first_odd_byte_on() {
        for (text, end, care) in
            [("", 0, 0), ("ab", 2, 2), ("ab<b>", 2, 2), ("a&b<b>", 3, 1), ("a\u{A0}b", 4, 1)]
        {
            assert_eq!(text_end(text.as_bytes(), 0), (end, care), "{text}");
        }
    }
}
