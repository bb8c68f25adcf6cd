//! How a caller comes by its bearer token.

use std::fmt::{self, Write as _};

use reqwest::Method;
use reqwest::header::AUTHORIZATION;

use super::Sent;
use crate::base64;

/// How a caller comes by its bearer token.
#[derive(Clone, PartialEq, Eq)]
pub enum Access {
    /// The server asks for none.
    Open,
    /// One token that stays.
    Fixed(String),
    /// OAuth 2.0 client credentials: tokens are fetched and expire.
    ClientCredentials {
        /// Where tokens are handed out.
        token_url: String,
        /// The client's name.
        client_id: String,
        /// The client's secret.
        client_secret: String,
    },
}

/// Without secrets: options end up in logs.
impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("Open"),
            Self::Fixed(_) => f.write_str("Fixed"),
            Self::ClientCredentials { token_url, .. } => write!(f, "ClientCredentials({token_url})"),
        }
    }
}

impl Access {
    /// Whether another token can be fetched when one is refused.
    pub fn can_fetch(&self) -> bool {
        matches!(self, Self::ClientCredentials { .. })
    }

    pub(super) fn secrets(&self) -> impl Iterator<Item = &str> {
        let secret = match self {
            Self::Open => None,
            Self::Fixed(token) => Some(token.as_str()),
            Self::ClientCredentials { client_secret, .. } => Some(client_secret.as_str()),
        };
        secret.into_iter()
    }

    /// The request for a token, with `secret` instead of the client's own where one is given.
    pub(super) fn token_request(&self, secret: Option<&str>, proof: Proof) -> Option<Sent> {
        let Self::ClientCredentials { token_url, client_id, client_secret } = self else { return None };
        let (id, secret) = (form_encode(client_id), form_encode(secret.unwrap_or(client_secret)));
        let mut sent = Sent::new(Method::POST, token_url.clone());
        sent.set_header(Sent::CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded");
        "grant_type=client_credentials".clone_into(&mut sent.body);
        match proof {
            Proof::Basic => {
                let pair = base64::encode(format!("{id}:{secret}").as_bytes());
                sent.set_header(AUTHORIZATION.as_str(), &format!("Basic {pair}"));
            }
            Proof::Form => sent.body = format!("{}&client_id={id}&client_secret={secret}", sent.body),
        }
        Some(sent)
    }
}

/// How a client shows its secret (RFC 6749, section 2.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// In the header `Authorization`.
    Basic,
    /// As members of the form.
    Form,
}

/// Writes `text` so that it can stand in a form or a query.
pub(crate) fn form_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
