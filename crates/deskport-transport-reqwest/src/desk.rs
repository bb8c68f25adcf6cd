//! The way to the desk's own system: events, signed as Standard Webhooks 1.0 has it.

use std::sync::Arc;

use async_trait::async_trait;
use deskport_ports::{Accepted, Clock, EventTransport, LoggedEvent, TransportError};
use deskport_wire::{
    to_json,
    webhook::{DeskEvent, ID_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER},
};
use reqwest::{Client, Url, header::CONTENT_TYPE};

use crate::{
    CallLimits, StartError, WebhookUrl, call,
    client::client,
    signature::{WebhookSecret, sign},
};

/// Which system to tell, and how.
#[derive(Debug, Clone)]
pub struct DeskOptions {
    /// Where the desk takes events.
    pub url: WebhookUrl,
    /// What events are signed with.
    pub secret: WebhookSecret,
    /// What they are signed with as well, while the desk changes from one secret to another.
    pub more_secrets: Vec<WebhookSecret>,
    /// How long an attempt may take.
    pub limits: CallLimits,
}

/// Tells the desk what happened.
pub struct DeskTransport {
    client: Client,
    url: Url,
    secrets: Vec<WebhookSecret>,
    clock: Arc<dyn Clock>,
}

impl DeskTransport {
    /// Tells the system of these options.
    ///
    /// # Errors
    /// [`StartError`] when there can be no HTTP client.
    pub fn new(options: DeskOptions, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let DeskOptions { url, secret, more_secrets, limits } = options;
        let secrets = [vec![secret], more_secrets].concat();
        Ok(Self { client: client(limits)?, url: url.into_url(), secrets, clock })
    }
}

#[async_trait]
impl EventTransport for DeskTransport {
    async fn send_event(&self, event: &LoggedEvent) -> Result<Accepted, TransportError> {
        let LoggedEvent { position, event } = event;
        let body = to_json(&DeskEvent::new(event, Some(*position)));
        let id = event.id.as_str();
        let timestamp = self.clock.now().as_millis().div_euclid(1_000).to_string();
        let request = self
            .client
            .post(self.url.clone())
            .header(ID_HEADER, id)
            .header(SIGNATURE_HEADER, sign(&self.secrets, id, &timestamp, &body))
            .header(TIMESTAMP_HEADER, timestamp)
            .header(CONTENT_TYPE, "application/json")
            .body(body);
        call::attempt(request, &*self.clock).await
    }
}

impl std::fmt::Debug for DeskTransport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeskTransport").finish_non_exhaustive()
    }
}
