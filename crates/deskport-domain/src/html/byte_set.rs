//! Finds bytes, many at a time. Mechanism only: which bytes, and what they mean, is up to its users.
#![expect(clippy::inline_always, reason = "only what is inlined is compiled for the machine's own vectors")]

use fearless_simd::{Level, Simd, SimdBase, SimdMask, dispatch, u8x16, u8x64};
use memchr::memchr;

/// A set of bytes, made at compile time.
#[derive(Debug)]
pub(super) struct ByteSet<const N: usize> {
    bytes: [u8; N],
    has: [bool; 256],
    /// A byte is in the set if the row of its lower half, `rows[byte & 15]`, is that byte.
    rows: [u8; NARROW],
}

/// How many bytes a vector has on any machine.
const NARROW: usize = 16;
/// How many bytes the widest vector has.
const WIDE: usize = 64;
/// So many bytes are looked at in place; for further ones a call is worth it.
const NEAR: usize = 64;

impl<const N: usize> ByteSet<N> {
    /// The set of these bytes, of which no two have the same lower half.
    pub(super) const fn of(bytes: [u8; N]) -> Self {
        // In the row of a half that no byte has stands a byte with another half: 15 in that of 0, and so on.
        let rows = [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0];
        let mut set = Self { bytes, has: [false; 256], rows };
        let mut index = 0;
        while index < N {
            let row = &mut set.rows[bytes[index] as usize & 15];
            // What this asserts is known when the program is compiled.
            assert!(*row == rows[bytes[index] as usize & 15], "two bytes have the same lower half");
            *row = bytes[index];
            set.has[bytes[index] as usize] = true;
            index += 1;
        }
        set
    }

    /// How many bytes come before the first that is in the set.
    #[inline]
    pub(super) fn length_before(&self, text: &[u8]) -> usize {
        let mut length = 0;
        while let Some(chunk) = text[length..].first_chunk() {
            let found = self.found(chunk);
            if found != 0 {
                return length + first(found);
            }
            length += NARROW;
            if length == NEAR {
                return length + self.far_length_before(&text[length..]);
            }
        }
        length + text[length..].iter().take_while(|byte| !self.has[**byte as usize]).count()
    }

    /// Which bytes of the chunk are in the set.
    #[inline(always)]
    fn found(&self, chunk: &[u8; NARROW]) -> u64 {
        dispatch!(Level::baseline(), simd => {
            let chunk = u8x16::from_slice(simd, chunk);
            let mut found = chunk.simd_eq(self.bytes[0]);
            for byte in &self.bytes[1..] {
                found |= chunk.simd_eq(*byte);
            }
            found.to_bitmask()
        })
    }

    #[inline(never)]
    fn far_length_before(&self, text: &[u8]) -> usize {
        dispatch!(Level::new(), simd => self.wide_length_before(simd, text))
    }

    #[inline(always)]
    fn wide_length_before<S: Simd>(&self, simd: S, text: &[u8]) -> usize {
        let rows = u8x64::block_splat(u8x16::from_slice(simd, &self.rows));
        let mut length = 0;
        // To ask four vectors at once is quicker than to ask each.
        for part in text.as_chunks::<{ 4 * WIDE }>().0 {
            let [one, two, three, four] = [0, 1, 2, 3].map(|at| members(simd, rows, &part.as_chunks().0[at]));
            if (one | two | three | four).any_true() {
                break;
            }
            length += part.len();
        }
        for chunk in text[length..].as_chunks().0 {
            let found = members(simd, rows, chunk).to_bitmask();
            if found != 0 {
                return length + first(found);
            }
            length += chunk.len();
        }
        length + self.length_before(&text[length..])
    }
}

/// Which bytes are in the set of these rows.
#[inline(always)]
fn members<S: Simd>(simd: S, rows: u8x64<S>, chunk: &[u8; WIDE]) -> <u8x64<S> as SimdBase<S>>::Mask {
    let bytes = u8x64::from_slice(simd, chunk);
    rows.swizzle_dyn_within_blocks(bytes & 15).simd_eq(bytes)
}

/// Where `byte` is.
#[inline]
pub(super) fn position(byte: u8, text: &[u8]) -> Option<usize> {
    let mut from = 0;
    while from < NEAR
        && let Some(chunk) = text[from..].first_chunk::<NARROW>()
    {
        let found = dispatch!(Level::baseline(), simd => {
            u8x16::from_slice(simd, chunk).simd_eq(byte).to_bitmask()
        });
        if found != 0 {
            return Some(from + first(found));
        }
        from += NARROW;
    }
    memchr(byte, &text[from..]).map(|found| from + found)
}

/// The first of these bits.
#[inline]
fn first(bits: u64) -> usize {
    bits.trailing_zeros() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    static SET: ByteSet<7> = ByteSet::of(*b"<>&\r\0\xC2\xF3");

    #[test]
    fn every_byte_is_found_at_every_place_if_it_is_in_the_set() {
        for length in [1, 15, 16, 17, 40, NEAR + 3, NEAR + WIDE + 20, NEAR + 4 * WIDE + 33] {
            for place in 0..length {
                let mut text = vec![b'a'; length];
                for byte in 0..=u8::MAX {
                    text[place] = byte;
                    let expected = if SET.bytes.contains(&byte) { place } else { length };
                    assert_eq!(SET.length_before(&text), expected, "{byte} at {place} of {length}");
                }
            }
        }
    }

    #[test]
    fn a_byte_is_found_at_every_place() {
        for length in [1, 16, 40, NEAR + 40] {
            assert_eq!(position(b'"', &vec![b'a'; length]), None);
            for place in 0..length {
                let mut text = vec![b'a'; length];
                text[place..].fill(b'"');
                assert_eq!(position(b'"', &text), Some(place));
            }
        }
    }
}
