//! `[access]`: how tokens are given out and checked.

use std::num::NonZeroU32;

use super::{Problem, values::Values};

/// How long tokens work, how many are remembered, and how fast each may ask.
#[derive(Debug)]
pub(crate) struct Access {
    pub(crate) token_lifetime_s: u32,
    pub(crate) cached_tokens: usize,
    /// `None`: no limit.
    pub(crate) requests_per_s: Option<NonZeroU32>,
    pub(crate) requests_burst: NonZeroU32,
}

const MOST_AT_ONCE: NonZeroU32 = NonZeroU32::MIN.saturating_add(999_999);

impl Access {
    pub(super) fn read(values: &Values) -> Result<Self, Problem> {
        Ok(Self {
            token_lifetime_s: values.number("access.token_lifetime_s", 60..=31_536_000)?,
            cached_tokens: values.number("access.cached_tokens", 1..=1_000_000)?,
            requests_per_s: NonZeroU32::new(values.number("access.requests_per_s", 0..=1_000_000)?),
            requests_burst: values.number("access.requests_burst", NonZeroU32::MIN..=MOST_AT_ONCE)?,
        })
    }
}
