//! `X-Fin-Signature`: proof that a request comes from Fin.

use hmac_sha256::HMAC;
use reqwest::Method;

use super::{Sent, Signing};
use crate::base64;

/// Seconds by which a stale request is late.
const STALE_S: u64 = 3600;

/// How the digest is written; the contract does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DigestEncoding {
    /// Lower-case hexadecimal.
    #[default]
    Hex,
    /// Base64 with padding.
    Base64,
}

/// Signs requests with a shared key.
#[derive(Clone)]
pub struct Signer {
    key: String,
    encoding: DigestEncoding,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({:?})", self.encoding)
    }
}

impl Signer {
    /// A signer with `key`.
    pub fn new(key: impl Into<String>, encoding: DigestEncoding) -> Self {
        Self { key: key.into(), encoding }
    }

    pub(super) fn key(&self) -> &str {
        &self.key
    }

    pub(super) fn sign(&self, sent: &mut Sent, how: Signing, now: u64) {
        let timestamp = match how {
            Signing::Missing => return,
            Signing::Stale => now.saturating_sub(STALE_S),
            Signing::Right | Signing::Wrong => now,
        };
        let mut signed = format!("{timestamp}:{}", signed_text(sent));
        if how == Signing::Wrong {
            signed.push_str("something else");
        }
        sent.set_header("x-fin-request-timestamp", &timestamp.to_string());
        sent.set_header("x-fin-signature", &self.digest(&signed));
    }

    fn digest(&self, signed: &str) -> String {
        let digest = HMAC::mac(signed.as_bytes(), self.key.as_bytes());
        match self.encoding {
            DigestEncoding::Hex => {
                digest.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
            }
            DigestEncoding::Base64 => base64::encode(&digest),
        }
    }
}

/// The body; for a GET, which has none, the parameters in alphabetical order.
fn signed_text(sent: &Sent) -> String {
    if sent.method != Method::GET {
        return sent.body.clone();
    }
    let query = sent.url.split_once('?').map_or("", |(_, query)| query);
    let mut parameters: Vec<&str> = query.split('&').collect();
    parameters.sort_unstable();
    parameters.join("&")
}
