//! The name of one request, in its answer and in the log.

use std::{
    collections::hash_map::RandomState,
    fmt,
    hash::BuildHasher,
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

/// The header that carries it, in both directions.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken over.
const MAX_LENGTH: usize = 128;

/// What tells the requests of this process from those of any other.
static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(std::process::id()));

/// How many requests this process has named.
static NAMED: AtomicU64 = AtomicU64::new(0);

/// An id of 1 to 128 visible ASCII characters.
#[derive(Debug, Clone)]
pub(crate) enum RequestId {
    /// The caller's.
    Given(HeaderValue),
    /// Ours, in hex.
    Made([u8; 32]),
}

impl RequestId {
    /// The id that the caller chose if it is a fitting one, else a new one.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let fits = |value: &&HeaderValue| {
            (1..=MAX_LENGTH).contains(&value.len()) && value.as_bytes().iter().all(u8::is_ascii_graphic)
        };
        headers.get(HEADER).filter(fits).cloned().map_or_else(Self::new, Self::Given)
    }

    /// Unique, and meant for nothing else: not even hard to guess.
    fn new() -> Self {
        let number = NAMED.fetch_add(1, Ordering::Relaxed);
        Self::Made(hex(u128::from(*PROCESS) << 64 | u128::from(number)))
    }

    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Given(value) => value.to_str().unwrap_or_default(),
            Self::Made(hex) => std::str::from_utf8(hex).unwrap_or_default(),
        }
    }

    pub(crate) fn to_header(&self) -> HeaderValue {
        match self {
            Self::Given(value) => value.clone(),
            Self::Made(hex) => {
                HeaderValue::from_bytes(hex).unwrap_or_else(|_| HeaderValue::from_static("unnamed"))
            }
        }
    }
}

/// All digits of a number. Every request needs them, and the standard formatter takes its time.
fn hex(number: u128) -> [u8; 32] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 32];
    for (two, byte) in text.chunks_exact_mut(2).zip(number.to_be_bytes()) {
        two.copy_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
    text
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_with_all_its_digits() {
        for number in [0, 1, 0x0123_4567_89ab_cdef_u128 << 60, u128::MAX] {
            assert_eq!(hex(number), format!("{number:032x}").as_bytes());
        }
    }
}
