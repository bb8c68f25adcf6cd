//! Proof that a request comes from Fin: HMAC-SHA256 over `{timestamp}:{body}` (decision 24).

use std::{fmt, time::Duration};

use actix_web::http::header::{HeaderMap, HeaderName};
use deskport_domain::Timestamp;
use hmac_sha256::HMAC;
use tracing::warn;

use crate::problem::{Kind, Problem};

mod digest;
mod query;

const SIGNATURE: HeaderName = HeaderName::from_static("x-fin-signature");
const TIMESTAMP: HeaderName = HeaderName::from_static("x-fin-request-timestamp");

/// What is done about signatures.
#[derive(Debug, Clone, Default)]
pub enum SignatureCheck {
    /// They are not looked at.
    #[default]
    Off,
    /// Bad ones are logged.
    Log(SignaturePolicy),
    /// Bad ones are answered 400.
    Enforce(SignaturePolicy),
}

/// What makes a signature good.
#[derive(Debug, Clone)]
pub struct SignaturePolicy {
    /// The keys, any of which may have signed.
    pub keys: SignatureKeys,
    /// How far the request's timestamp and the server's clock may be apart.
    pub tolerance: Duration,
}

/// One or more keys, so that they can be changed without a pause. They do not show themselves.
#[derive(Clone)]
pub struct SignatureKeys(Vec<Box<[u8]>>);

/// There is no key, or an empty one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("signatures need at least one key, and none that is empty")]
pub struct NoKey;

/// Why a signature does not convince.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum Doubt {
    #[error("X-Fin-Signature or X-Fin-Request-Timestamp is missing")]
    Missing,
    #[error("X-Fin-Request-Timestamp is not a number of seconds")]
    NoTime,
    #[error("X-Fin-Request-Timestamp is too far from the server's clock")]
    Stale,
    #[error("X-Fin-Signature is no HMAC-SHA256 in hex or base64")]
    Unreadable,
    #[error("X-Fin-Signature is wrong")]
    Wrong,
}

impl SignaturePolicy {
    /// These keys, and a tolerance of 300 seconds either way.
    pub fn new(keys: SignatureKeys) -> Self {
        Self { keys, tolerance: Duration::from_mins(5) }
    }
}

impl SignatureKeys {
    /// The keys as bytes.
    ///
    /// # Errors
    /// [`NoKey`] when there is none, or one is empty.
    pub fn new(keys: impl IntoIterator<Item = impl Into<Vec<u8>>>) -> Result<Self, NoKey> {
        let keys: Vec<Box<[u8]>> = keys.into_iter().map(|key| key.into().into()).collect();
        if keys.is_empty() || keys.iter().any(|key| key.is_empty()) { Err(NoKey) } else { Ok(Self(keys)) }
    }
}

impl SignatureCheck {
    /// Checks a request with a body, byte by byte as it was sent.
    pub(crate) fn body(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: impl FnOnce() -> Timestamp,
    ) -> Result<(), Problem> {
        self.check(headers, now, |signed| signed.fits(body))
    }

    /// Checks a request without a body.
    pub(crate) fn query(
        &self,
        headers: &HeaderMap,
        query: &str,
        now: impl FnOnce() -> Timestamp,
    ) -> Result<(), Problem> {
        self.check(headers, now, |signed| {
            query::sorted(query).iter().any(|sorted| signed.fits(sorted.as_bytes()))
        })
    }

    fn check(
        &self,
        headers: &HeaderMap,
        now: impl FnOnce() -> Timestamp,
        fits: impl FnOnce(&Signed<'_>) -> bool,
    ) -> Result<(), Problem> {
        let (Self::Log(policy) | Self::Enforce(policy)) = self else { return Ok(()) };
        let verdict = Signed::read(headers, policy, now())
            .and_then(|signed| if fits(&signed) { Ok(()) } else { Err(Doubt::Wrong) });
        match (self, verdict) {
            (Self::Enforce(_), Err(doubt)) => {
                Err(Problem::new(Kind::InvalidSignature).because(doubt.to_string()))
            }
            (_, Err(doubt)) => {
                warn!(reason = %doubt, "A request's signature does not convince");
                Ok(())
            }
            (_, Ok(())) => Ok(()),
        }
    }
}

/// What a request's headers claim.
struct Signed<'a> {
    keys: &'a SignatureKeys,
    timestamp: &'a str,
    digest: [u8; 32],
}

impl<'a> Signed<'a> {
    fn read(headers: &'a HeaderMap, policy: &'a SignaturePolicy, now: Timestamp) -> Result<Self, Doubt> {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let (Some(signature), Some(timestamp)) = (text(SIGNATURE), text(TIMESTAMP)) else {
            return Err(Doubt::Missing);
        };
        let seconds: i64 = timestamp.parse().map_err(|_| Doubt::NoTime)?;
        if seconds.abs_diff(now.as_millis().div_euclid(1_000)) > policy.tolerance.as_secs() {
            return Err(Doubt::Stale);
        }
        let digest = digest::parse(signature).ok_or(Doubt::Unreadable)?;
        Ok(Self { keys: &policy.keys, timestamp, digest })
    }

    /// Whether any key signed `content`, compared in constant time.
    fn fits(&self, content: &[u8]) -> bool {
        self.keys.0.iter().any(|key| {
            let mut mac = HMAC::new(key);
            mac.update(self.timestamp);
            mac.update(b":");
            mac.update(content);
            mac.finalize_verify(&self.digest)
        })
    }
}

impl fmt::Debug for SignatureKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignatureKeys({} keys)", self.0.len())
    }
}

#[cfg(test)]
mod tests;
