//! A judge's hands: it sends, it keeps what was sent for the report, and it knows whose fault a failure is.

use std::sync::{Arc, Mutex, PoisonError};

use deskport_wire::Variant;
use serde_json::Value;

use super::rule::{Stop, fail, skip};
use super::scene::Scene;
use crate::client::answer::View;
use crate::client::{Call, Endpoint, Exchange, Received};

/// Judges one rule in one scene.
#[derive(Debug)]
pub struct Probe<'a> {
    pub(super) scene: &'a Scene<'a>,
    exchanges: Mutex<Vec<Arc<Exchange>>>,
}

impl<'a> Probe<'a> {
    pub(super) fn new(scene: &'a Scene<'a>) -> Self {
        Self { scene, exchanges: Mutex::default() }
    }

    pub(super) fn variant(&self) -> Variant {
        self.scene.variant()
    }

    /// What this rule sent and received.
    pub(super) fn into_exchanges(self) -> Vec<Arc<Exchange>> {
        self.exchanges.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows `exchange` with this rule.
    pub(super) fn show(&self, exchange: Arc<Exchange>) {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).push(exchange);
    }

    /// Sends, and keeps what was sent and what came back.
    pub(super) async fn send(&self, call: &Call) -> Arc<Exchange> {
        let exchange = Arc::new(self.scene.client.send(call).await);
        self.scene.remember(&exchange);
        self.show(exchange.clone());
        exchange
    }

    /// Makes a call whose success this rule is about.
    pub(super) async fn expect(&self, endpoint: Endpoint, body: Value) -> Result<View, Stop> {
        self.expect_call(&Call::new(endpoint, body)).await
    }

    /// The same for a call that is not as Fin makes it.
    pub(super) async fn expect_call(&self, call: &Call) -> Result<View, Stop> {
        let exchange = self.send(call).await;
        let name = call.endpoint.name();
        let received = answered(&exchange, name)?;
        if exchange.refuses_token() {
            return skip(format!(
                "`{name}` refused the token with status {}; TOK-01 judges that",
                received.status
            ));
        }
        if !received.is_success() {
            return fail(format!("`{name}` answered status {} instead of success", received.status));
        }
        if let Some(problem) = error_in(received).filter(|_| !has_data(received)) {
            return fail(format!("`{name}` answered success with an error inside: {problem}"));
        }
        match received.view() {
            Some(view) => Ok(view),
            None => fail(format!("the answer of `{name}` is not JSON")),
        }
    }

    /// Makes a call that other rules judge; when it fails, this rule cannot be judged.
    pub(super) async fn need(&self, endpoint: Endpoint, body: Value) -> Result<View, Stop> {
        self.expect(endpoint, body).await.map_err(|stop| match stop {
            Stop::Fail(why) | Stop::Skip(why) => Stop::Skip(why),
        })
    }
}

/// The answer, whatever it says.
pub(super) fn answered<'e>(exchange: &'e Exchange, name: &str) -> Result<&'e Received, Stop> {
    match &exchange.answer {
        Ok(received) if received.status == 429 => skip(format!("`{name}` kept answering 429")),
        Ok(received) => Ok(received),
        Err(why) => fail(format!("`{name}` gave no answer: {why}")),
    }
}

/// The error in the envelope, if there is one.
pub(super) fn error_in(received: &Received) -> Option<Value> {
    let body = received.json()?;
    let error = body.as_object()?.get("error")?;
    (!error.is_null()).then(|| error.clone())
}

/// Whether there is something under `data`; that there is an error beside it is judged by FMT-07.
fn has_data(received: &Received) -> bool {
    received.json().is_some_and(|body| body.get("data").is_some_and(|data| !data.is_null()))
}
