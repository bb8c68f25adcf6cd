//! Secrets: made once, shown once, stored as digests.

use std::fmt;

use deskport_ports::Digest;
use sha2::{Digest as _, Sha256};

/// A secret in clear. It does not show itself in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new secret out of 256 random bits, marked with a prefix that scanners can look for.
    pub(crate) fn new(prefix: &str, bits: [u8; 32]) -> Self {
        let number = |half: &[u8]| half.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        let (left, right) = bits.split_at(16);
        Self(format!("{prefix}{:032x}{:032x}", number(left), number(right)))
    }

    /// The secret itself, to be handed to its owner.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(crate) fn digest(&self) -> Digest {
        digest(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What a store keeps of a secret.
pub(crate) fn digest(secret: &str) -> Digest {
    Digest(Sha256::digest(secret).into())
}
