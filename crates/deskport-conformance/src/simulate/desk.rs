//! People of the helpdesk, who work through its own API.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::audience::{Audience, Reporter, Side};
use super::options::{DeskAccess, SimulateOptions};
use crate::client::{Client, ClientError, ClientOptions, Secrets, Sent};

/// Nobody waits longer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The helpdesk's own API.
#[derive(Debug)]
pub(super) struct Desk {
    client: Client,
    access: DeskAccess,
    run: String,
    numbers: u32,
}

impl Desk {
    pub(super) fn new(
        access: DeskAccess,
        options: &SimulateOptions,
        audience: Arc<dyn Audience>,
        secrets: Secrets,
    ) -> Result<Self, ClientError> {
        secrets.add(&access.token);
        let client = Client::new(ClientOptions { timeout: TIMEOUT, ..options.client.clone() })?;
        let client = client.watched_by(Arc::new(Reporter { side: Side::Desk, audience, secrets }));
        Ok(Self { client, access, run: options.run.clone(), numbers: 0 })
    }

    /// Brings an agent.
    pub(super) async fn put_agent(&self, id: &str, name: &str, email: &str) -> Result<Value, String> {
        let path = format!("/agents/{id}");
        self.call(Method::PUT, &path, None, &json!({"name": name, "email": email, "alias": name})).await
    }

    /// Writes a message; answers it.
    pub(super) async fn post(
        &mut self,
        conversation: &str,
        agent: &str,
        body: &str,
        visibility: &str,
    ) -> Result<Value, String> {
        self.numbers += 1;
        let key = format!("simulate-{}-{}", self.run, self.numbers);
        let body = json!({"agent_id": agent, "body": body, "visibility": visibility});
        let path = format!("/conversations/{conversation}/messages");
        self.call(Method::POST, &path, Some(&key), &body).await
    }

    /// Changes the conversation; answers it.
    pub(super) async fn patch(&self, conversation: &str, members: &Value) -> Result<Value, String> {
        self.call(Method::PATCH, &format!("/conversations/{conversation}"), None, members).await
    }

    /// Shows that an agent types.
    pub(super) async fn type_on(&self, conversation: &str, agent: &str) -> Result<Value, String> {
        let path = format!("/conversations/{conversation}/typing");
        self.call(Method::POST, &path, None, &json!({"agent_id": agent})).await
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        key: Option<&str>,
        body: &Value,
    ) -> Result<Value, String> {
        let mut sent = Sent::new(method, format!("{}{path}", self.access.url.trim_end_matches('/')));
        sent.set_header(Sent::CONTENT_TYPE.as_str(), "application/json");
        sent.set_header("authorization", &format!("Bearer {}", self.access.token));
        if let Some(key) = key {
            sent.set_header("idempotency-key", key);
        }
        sent.body = body.to_string();
        let exchange = self.client.transmit(sent).await;
        let failed = || format!("the desk's API answered {path} with {}", exchange.outcome());
        Ok(exchange.success().ok_or_else(failed)?.json().unwrap_or_default())
    }
}
