//! Signatures of Standard Webhooks 1.0: HMAC with SHA-256 over id, moment and body.

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use hmac_sha256::HMAC;

/// What a secret's text begins with.
const PREFIX: &str = "whsec_";

/// Writes padding, reads with and without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A secret that the desk checks events with. It never shows itself.
///
/// ```
/// use deskport_transport_reqwest::WebhookSecret;
///
/// let secret = WebhookSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")?;
/// assert_eq!(format!("{secret:?}"), "WebhookSecret(…)");
/// assert!(WebhookSecret::parse("whsec_dG9vIHNob3J0").is_err());
/// # Ok::<(), deskport_transport_reqwest::InvalidSecret>(())
/// ```
#[derive(Clone)]
pub struct WebhookSecret(Vec<u8>);

/// The text is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a webhook secret is `whsec_` and then 24 to 64 random bytes in base64")]
pub struct InvalidSecret;

impl WebhookSecret {
    /// Takes a secret as both sides write it.
    ///
    /// # Errors
    /// [`InvalidSecret`] when it is not `whsec_` and then 24 to 64 bytes in base64.
    pub fn parse(raw: &str) -> Result<Self, InvalidSecret> {
        let encoded = raw.strip_prefix(PREFIX).ok_or(InvalidSecret)?;
        let bytes = BASE64.decode(encoded).map_err(|_| InvalidSecret)?;
        if (24..=64).contains(&bytes.len()) { Ok(Self(bytes)) } else { Err(InvalidSecret) }
    }

    fn sign(&self, id: &str, timestamp: &str, body: &[u8]) -> String {
        let mut digest = HMAC::new(&self.0);
        for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
            digest.update(part);
        }
        format!("v1,{}", BASE64.encode(digest.finalize()))
    }
}

/// The value of the header `webhook-signature`: a signature for each secret.
pub(crate) fn sign(secrets: &[WebhookSecret], id: &str, timestamp: &str, body: &[u8]) -> String {
    let signatures: Vec<String> = secrets.iter().map(|secret| secret.sign(id, timestamp, body)).collect();
    signatures.join(" ")
}

impl std::fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WebhookSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the reference libraries.
    const PUBLISHED: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    /// The bytes 0 to 63; its signatures were computed with another implementation of HMAC.
    const COUNTING: &str =
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==";

    fn secret(raw: &str) -> WebhookSecret {
        WebhookSecret::parse(raw).unwrap()
    }

    #[test]
    fn the_published_example_is_signed_as_published() {
        let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        let signature = sign(&[secret(PUBLISHED)], id, "1614265330", br#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn several_secrets_give_several_signatures() {
        let secrets = [secret(COUNTING), secret(PUBLISHED)];
        let signatures = sign(&secrets, "evt_ab_0", "1761575700", "{\"name\":\"Zoë\"}".as_bytes());
        assert_eq!(
            signatures,
            "v1,B1kTg8q513wKEV6nPyhhLQUJQpeDQz1hS5UED45tZJM= v1,sTEDgZeV6QhEoiEs4BABfPqTx1ZnfFW1JkGRJdgT8qo="
        );
    }

    #[test]
    fn an_empty_body_is_signed_too() {
        assert_eq!(
            sign(&[secret(COUNTING)], "evt_ab_0", "0", b""),
            "v1,TAieKdRfMmsbNtnF3/w84/A3dzNP3WXNS6Q5DXXqIcA="
        );
    }

    #[test]
    fn what_is_too_short_too_long_or_no_base64_is_no_secret() {
        let encoded = |length| format!("{PREFIX}{}", BASE64.encode(vec![7; length]));
        for length in [24, 25, 32, 64] {
            assert!(WebhookSecret::parse(&encoded(length)).is_ok(), "{length}");
            assert!(WebhookSecret::parse(encoded(length).trim_end_matches('=')).is_ok(), "{length}");
        }
        for length in [0, 1, 23, 65, 1000] {
            assert_eq!(WebhookSecret::parse(&encoded(length)).unwrap_err(), InvalidSecret, "{length}");
        }
        let unnamed = encoded(32).replace(PREFIX, "");
        for raw in ["", "whsec_", "whsec_not*base64", "whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", &unnamed] {
            assert_eq!(WebhookSecret::parse(raw).unwrap_err(), InvalidSecret, "{raw}");
        }
    }
}
