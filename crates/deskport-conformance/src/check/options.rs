//! What a run of the checker is told.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use deskport_wire::Variant;

use super::trigger::Trigger;
use crate::client::{Access, ClientOptions, EndpointFile, Endpoints, EndpointsError, Signer};

/// How long Fin waits is not stated; nobody in a chat waits longer than this.
const TIMEOUT: Duration = Duration::from_secs(30);

/// What a run of the checker is told.
#[derive(Clone)]
pub struct CheckOptions {
    /// Address of the server, with the prefix that its endpoints share.
    pub url: String,
    /// The variants that it claims to speak.
    pub variants: Vec<Variant>,
    /// How tokens are obtained.
    pub access: Access,
    /// Endpoints that are not where the published examples have them.
    pub endpoints: EndpointFile,
    /// Signs requests, if the server verifies them.
    pub signer: Option<Signer>,
    /// A token that was good once.
    pub expired_token: Option<String>,
    /// How long a run may wait for a token to expire.
    pub expiry_wait: Duration,
    /// How long to wait for an answer.
    pub timeout: Duration,
    /// Receives the server's notifications, if it can be told to send them here.
    pub webhooks: Option<WebhookOptions>,
    /// Root certificates in PEM, for servers whose own is from a private authority.
    pub roots: Option<String>,
    /// Whether a broken *should* fails the run as a broken *must* does.
    pub strict: bool,
}

/// How the server's notifications are received.
#[derive(Clone)]
pub struct WebhookOptions {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The value of `X-Webhook-Key` that the server was given.
    pub key: Option<String>,
    /// How long to wait for a notification.
    pub patience: Duration,
    /// Makes the server change a conversation by itself; without it the checker judges what happens to come.
    pub trigger: Option<Trigger>,
    /// Makes the server say that an agent is typing.
    pub typing: Option<Trigger>,
}

/// Without secrets: options end up in logs.
impl fmt::Debug for CheckOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { url, variants, access, strict, .. } = self;
        let mut shown = f.debug_struct("CheckOptions");
        shown.field("url", url).field("variants", variants).field("access", access).field("strict", strict);
        shown.finish_non_exhaustive()
    }
}

impl fmt::Debug for WebhookOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookOptions").field("listen", &self.listen).finish_non_exhaustive()
    }
}

impl CheckOptions {
    /// Both variants at `url`, without a token.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            variants: vec![Variant::R, Variant::P],
            access: Access::Open,
            endpoints: EndpointFile::default(),
            signer: None,
            expired_token: None,
            expiry_wait: Duration::ZERO,
            timeout: TIMEOUT,
            webhooks: None,
            roots: None,
            strict: false,
        }
    }

    /// With a token that stays.
    #[must_use]
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        self.access = Access::Fixed(token.into());
        self
    }

    /// With these variants only.
    #[must_use]
    pub fn with_variants(mut self, variants: impl Into<Vec<Variant>>) -> Self {
        self.variants = variants.into();
        self
    }

    pub(super) fn client(&self, variant: Variant) -> Result<ClientOptions, EndpointsError> {
        Ok(ClientOptions {
            variant,
            endpoints: Endpoints::new(&self.url, self.endpoints.clone())?,
            access: self.access.clone(),
            signer: self.signer.clone(),
            timeout: self.timeout,
            roots: self.roots.clone(),
        })
    }
}
