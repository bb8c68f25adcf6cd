//! The way to Fin (spec section 7).

use std::sync::Arc;

use async_trait::async_trait;
use deskport_ports::{Accepted, Clock, Notification, TransportError, WebhookTransport};
use deskport_wire::{
    to_json,
    webhook::{FIN_PATH, FinNotification, KEY_HEADER},
};
use reqwest::{
    Client, Url,
    header::{CONTENT_TYPE, HeaderValue},
};

use crate::{CallLimits, StartError, WebhookUrl, call, client::client};

/// Which Fin to tell, and how.
#[derive(Debug, Clone)]
pub struct FinOptions {
    /// A region of Fin's, or another URL to put its path below.
    pub base: WebhookUrl,
    /// The identifier from Fin's deployment screen.
    pub integration: IntegrationId,
    /// The secret from Fin's deployment screen.
    pub key: WebhookKey,
    /// How long an attempt may take.
    pub limits: CallLimits,
}

/// The name by which Fin knows this helpdesk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegrationId(Box<str>);

/// The text is no integration id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an integration id has 1 to 128 visible ASCII characters, and is neither . nor ..")]
pub struct InvalidIntegrationId;

/// The secret that Fin knows this helpdesk by. It never shows itself.
#[derive(Debug, Clone)]
pub struct WebhookKey(HeaderValue);

/// The text is no webhook key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a webhook key has 1 to 1024 visible ASCII characters")]
pub struct InvalidKey;

/// Tells Fin what changed.
pub struct FinTransport {
    client: Client,
    url: Url,
    key: HeaderValue,
    clock: Arc<dyn Clock>,
}

impl IntegrationId {
    /// Takes an id as the deployment screen shows it.
    ///
    /// # Errors
    /// [`InvalidIntegrationId`] when it cannot be one segment of a path.
    pub fn parse(raw: &str) -> Result<Self, InvalidIntegrationId> {
        let is_dots = matches!(raw, "." | "..");
        if is_visible(raw, 128) && !is_dots { Ok(Self(raw.into())) } else { Err(InvalidIntegrationId) }
    }
}

impl WebhookKey {
    /// Takes a key as the deployment screen shows it.
    ///
    /// # Errors
    /// [`InvalidKey`] when it cannot be in a header.
    pub fn parse(raw: &str) -> Result<Self, InvalidKey> {
        let mut key = HeaderValue::from_str(raw).map_err(|_| InvalidKey)?;
        key.set_sensitive(true);
        if is_visible(raw, 1024) { Ok(Self(key)) } else { Err(InvalidKey) }
    }
}

fn is_visible(raw: &str, longest: usize) -> bool {
    (1..=longest).contains(&raw.len()) && raw.bytes().all(|byte| byte.is_ascii_graphic())
}

impl FinTransport {
    /// Tells the Fin of these options.
    ///
    /// # Errors
    /// [`StartError`] when there can be no HTTP client.
    pub fn new(options: FinOptions, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let FinOptions { base, integration: IntegrationId(id), key: WebhookKey(key), limits } = options;
        let path = FIN_PATH.split('/').skip(1);
        let url = base.below(path.chain([&*id]));
        Ok(Self { client: client(limits)?, url, key, clock })
    }
}

/// The agent cannot be shown typing.
#[derive(Debug, thiserror::Error)]
#[error("the agent has no name or no e-mail address")]
struct Nameless;

#[async_trait]
impl WebhookTransport for FinTransport {
    async fn send(&self, notification: &Notification) -> Result<Accepted, TransportError> {
        let payload = match notification {
            Notification::Changed(conversation) => FinNotification::changed(conversation),
            Notification::Typing(conversation, agent) => FinNotification::typing(conversation, agent)
                .ok_or_else(|| TransportError::Unreachable(Nameless.into()))?,
        };
        let request = self
            .client
            .post(self.url.clone())
            .header(KEY_HEADER, self.key.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(to_json(&payload));
        call::attempt(request, &*self.clock).await
    }
}

impl std::fmt::Debug for FinTransport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FinTransport").finish_non_exhaustive()
    }
}
