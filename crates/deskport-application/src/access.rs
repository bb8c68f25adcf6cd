//! Who may come in: tokens, clients, and the cache that spares the store.

mod cache;
mod credentials;

use std::sync::Arc;

use deskport_domain::{Text, Timestamp};
use deskport_ports::{Role, StoreError};

use self::cache::TokenCache;
pub use self::credentials::{IssueTokenError, IssuedToken, NewCredential};
use crate::{World, secret};

/// Use cases about credentials.
#[derive(Debug, Clone)]
pub struct Access {
    world: World,
    cache: Arc<TokenCache>,
    token_lifetime_s: u32,
}

/// How access is granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessOptions {
    /// How long a fetched token works, in seconds.
    pub token_lifetime_s: u32,
    /// How many tokens are remembered so that checking them costs no database call.
    pub cached_tokens: usize,
}

/// Somebody who showed a valid token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// What the caller may enter.
    pub role: Role,
    /// The token's id, for logs.
    pub token_id: Text,
}

/// Why nobody comes in.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// Nobody gave out this token.
    #[error("the token is unknown")]
    Unknown,
    /// The token has had its time.
    #[error("the token has expired")]
    Expired,
    /// Somebody took the token back.
    #[error("the token was revoked")]
    Revoked,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Access {
    pub(crate) fn new(world: World, options: &AccessOptions) -> Self {
        let cache = Arc::new(TokenCache::new(options.cached_tokens));
        Self { world, cache, token_lifetime_s: options.token_lifetime_s }
    }

    /// Who shows this bearer token. A revoked token stops working within five seconds, also on other
    /// instances.
    ///
    /// # Errors
    /// [`AccessError`] when the token opens nothing, or the store fails.
    pub async fn authenticate(&self, bearer: &str) -> Result<Caller, AccessError> {
        let now = self.world.clock.now();
        let digest = secret::digest(bearer);
        if let Some((caller, expires_at)) = self.cache.fresh(&digest, now) {
            return if expired(expires_at, now) { Err(AccessError::Expired) } else { Ok(caller) };
        }
        let token = self.world.store.token(&digest).await?.ok_or(AccessError::Unknown)?;
        if token.revoked_at.is_some() {
            return Err(AccessError::Revoked);
        }
        if expired(token.expires_at, now) {
            return Err(AccessError::Expired);
        }
        let caller = Caller { role: token.role, token_id: token.id };
        self.cache.remember(digest, caller.clone(), token.expires_at, now);
        Ok(caller)
    }
}

fn expired(expires_at: Option<Timestamp>, now: Timestamp) -> bool {
    expires_at.is_some_and(|end| end <= now)
}
