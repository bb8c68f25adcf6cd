//! Fin itself: calls, and repeats them when no answer comes.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::audience::{Audience, Happening};
use super::clock::Clock;
use crate::client::request::Person;
use crate::client::{Call, Client, Endpoint, Exchange};

/// How often Fin repeats what failed, and how long it waits before each time.
const REPEATS: u32 = 5;
const PAUSE: Duration = Duration::from_mins(1);

/// What is held in place of a token that expired.
const EXPIRED: &str = "a-token-that-has-expired";

/// Fin: a client, a clock, and numbers for what it makes.
#[derive(Debug)]
pub(super) struct Fin {
    pub(super) client: Client,
    pub(super) clock: Clock,
    pub(super) audience: Arc<dyn Audience>,
    /// The agent that stands for Fin.
    pub(super) agent: Person,
    /// How many answers to what Fin writes will be lost. Of a question whose answer is lost nothing is left.
    pub(super) losses: u32,
    run: String,
    numbers: u32,
    calls: u32,
}

impl Fin {
    pub(super) fn new(client: Client, clock: Clock, audience: Arc<dyn Audience>, run: String) -> Self {
        let agent =
            Person { id: String::new(), name: String::new(), email: String::new(), user_type: "agent" };
        Self { client, clock, audience, agent, losses: 0, run, numbers: 0, calls: 0 }
    }

    /// An id of Fin's own.
    pub(super) fn object_id(&mut self) -> String {
        self.numbers += 1;
        format!("{}{:05}", self.run, self.numbers)
    }

    /// How many calls were made, repeats included.
    pub(super) fn calls(&self) -> u32 {
        self.calls
    }

    /// The token is no longer good; false if there is none that could be fetched again.
    pub(super) async fn expire_token(&self) -> bool {
        let can_fetch = self.client.access().can_fetch();
        if can_fetch {
            self.client.hold_token(EXPIRED).await;
        }
        can_fetch
    }

    /// Makes a call until an answer says success. A failure is repeated as Fin does: five times, a minute apart.
    pub(super) async fn call(&mut self, endpoint: Endpoint, body: Value) -> Result<Value, String> {
        let call = Call::new(endpoint, body);
        let mut outcome = String::new();
        for repeat in 0..=REPEATS {
            if repeat > 0 {
                self.audience.see(&Happening::Repeat(repeat));
                self.clock.pass(PAUSE).await;
            }
            match self.attempt(&call).await {
                Ok(payload) => return Ok(payload),
                Err(why) => outcome = why,
            }
        }
        Err(format!("`{}` failed {} times; at last: {outcome}", endpoint.name(), REPEATS + 1))
    }

    async fn attempt(&mut self, call: &Call) -> Result<Value, String> {
        self.calls += 1;
        let exchange = self.client.send(call).await;
        if call.endpoint.writes() && self.losses > 0 {
            self.losses -= 1;
            self.audience.see(&Happening::AnswerLost);
            return Err("the answer was lost".to_owned());
        }
        payload(&exchange)
    }
}

/// What a successful answer holds.
fn payload(exchange: &Exchange) -> Result<Value, String> {
    let Some(received) = exchange.success() else { return Err(exchange.outcome()) };
    let view = received.view().ok_or_else(|| "the answer is no JSON".to_owned())?;
    let error = &view.raw["error"];
    if error.is_object() && view.payload.is_null() {
        return Err(format!("an error in the envelope: {error}"));
    }
    Ok(view.payload)
}
