//! Tokens that were valid a moment ago.

use deskport_domain::Timestamp;
use deskport_ports::Digest;
use quick_cache::sync::Cache;

use super::Caller;

/// How long a token is trusted without asking the store, in milliseconds: the longest that a
/// revoked token goes on working (decision 23 allows 5 s).
pub(super) const FRESH_MS: i64 = 4_000;

/// A bounded memory of tokens by their digest.
pub(super) struct TokenCache(Cache<Digest, Remembered>);

#[derive(Clone)]
struct Remembered {
    caller: Caller,
    expires_at: Option<Timestamp>,
    checked_at: Timestamp,
}

impl TokenCache {
    pub(super) fn new(tokens: usize) -> Self {
        Self(Cache::new(tokens))
    }

    /// The caller behind a token that was checked a moment ago, and when the token expires.
    pub(super) fn fresh(&self, digest: &Digest, now: Timestamp) -> Option<(Caller, Option<Timestamp>)> {
        let known = self.0.get(digest)?;
        // A clock that was set back makes the age negative; such an entry is checked anew.
        let age = now.as_millis() - known.checked_at.as_millis();
        (0..FRESH_MS).contains(&age).then_some((known.caller, known.expires_at))
    }

    pub(super) fn remember(
        &self,
        digest: Digest,
        caller: Caller,
        expires_at: Option<Timestamp>,
        now: Timestamp,
    ) {
        self.0.insert(digest, Remembered { caller, expires_at, checked_at: now });
    }

    /// Forgets everything, so that a revocation made here holds at once here.
    pub(super) fn clear(&self) {
        self.0.clear();
    }
}

impl std::fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TokenCache({} tokens)", self.0.len())
    }
}
