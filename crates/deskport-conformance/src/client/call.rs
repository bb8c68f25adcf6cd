//! A call that Fin makes, before it is a request.

use deskport_wire::Variant;
use reqwest::Method;
use serde_json::Value;

use super::{Endpoint, Sent, form_encode};

/// Which token a call carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// The right one.
    Good,
    /// None.
    Missing,
    /// This one.
    Other(String),
}

impl Credential {
    pub(super) fn token(&self) -> Option<&str> {
        match self {
            Self::Good | Self::Missing => None,
            Self::Other(token) => Some(token),
        }
    }
}

/// How a call is signed, where there is a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// As Fin does it.
    Right,
    /// With a digest of something else.
    Wrong,
    /// Not at all.
    Missing,
    /// Rightly, an hour ago.
    Stale,
}

/// A call that Fin makes, or that Fin would never make.
#[derive(Debug, Clone)]
pub struct Call {
    /// The action.
    pub endpoint: Endpoint,
    /// Its members: the JSON body, or the parameters of a GET.
    pub body: Value,
    /// The token.
    pub credential: Credential,
    /// The signature.
    pub signing: Signing,
    /// Text that is sent in place of `body`.
    pub raw: Option<String>,
    /// What the body is said to be.
    pub content_type: String,
}

impl Call {
    /// The call as Fin makes it.
    pub fn new(endpoint: Endpoint, body: Value) -> Self {
        Self {
            endpoint,
            body,
            credential: Credential::Good,
            signing: Signing::Right,
            raw: None,
            content_type: "application/json".to_owned(),
        }
    }

    /// The same with another token.
    #[must_use]
    pub fn with_credential(mut self, credential: Credential) -> Self {
        self.credential = credential;
        self
    }

    /// The same, signed in another way.
    #[must_use]
    pub fn with_signing(mut self, signing: Signing) -> Self {
        self.signing = signing;
        self
    }

    /// The same with `text` as its body.
    #[must_use]
    pub fn with_raw(mut self, text: impl Into<String>) -> Self {
        self.raw = Some(text.into());
        self
    }

    /// The same with another content type.
    #[must_use]
    pub fn with_content_type(mut self, content_type: &str) -> Self {
        content_type.clone_into(&mut self.content_type);
        self
    }

    /// The request to `url`, without token and signature.
    pub(super) fn prepare(&self, variant: Variant, url: String) -> Sent {
        let method = self.endpoint.method(variant);
        if method == Method::GET {
            let url = match query(&self.body) {
                query if query.is_empty() => url,
                query => format!("{url}?{query}"),
            };
            return Sent::new(method, url);
        }
        let mut sent = Sent::new(method, url);
        sent.set_header(Sent::CONTENT_TYPE.as_str(), &self.content_type);
        sent.body = self.raw.clone().unwrap_or_else(|| self.body.to_string());
        sent
    }
}

fn query(body: &Value) -> String {
    let members = body.as_object().into_iter().flatten();
    let parameters = members.map(|(name, value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!("{}={}", form_encode(name), form_encode(&text))
    });
    parameters.collect::<Vec<_>>().join("&")
}
