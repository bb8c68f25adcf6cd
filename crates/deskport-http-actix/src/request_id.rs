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
static PROCESS: LazyLock<[u8; 16]> = LazyLock::new(|| hex(RandomState::new().hash_one(std::process::id())));

/// How many requests this process has named.
static NAMED: AtomicU64 = AtomicU64::new(0);

/// An id of 1 to 128 visible ASCII characters.
#[derive(Debug, Clone)]
pub(crate) enum RequestId {
    /// The caller's.
    Given(HeaderValue),
    /// Ours: the number of the request, in hex after that of the process.
    Made(u64),
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
        Self::Made(NAMED.fetch_add(1, Ordering::Relaxed))
    }

    pub(crate) fn to_header(&self) -> HeaderValue {
        match self {
            Self::Given(value) => value.clone(),
            Self::Made(number) => {
                HeaderValue::from_bytes(&made(*number)).unwrap_or(HeaderValue::from_static("unnamed"))
            }
        }
    }
}

/// What we call a request of this process.
fn made(number: u64) -> [u8; 32] {
    let mut text = [0; 32];
    text[..16].copy_from_slice(&*PROCESS);
    text[16..].copy_from_slice(&hex(number));
    text
}

/// All digits of a number. Every request needs them, and the standard formatter takes its time.
fn hex(number: u64) -> [u8; 16] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 16];
    for (two, byte) in text.chunks_exact_mut(2).zip(number.to_be_bytes()) {
        two.copy_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
    text
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(value) => f.write_str(value.to_str().unwrap_or_default()),
            Self::Made(number) => f.write_str(std::str::from_utf8(&made(*number)).unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_with_all_its_digits() {
        for number in [0, 1, 0x0123_4567_89ab_cdef, u64::MAX] {
            assert_eq!(hex(number), format!("{number:016x}").as_bytes());
        }
    }
}
