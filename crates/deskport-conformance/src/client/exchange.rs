//! A request and its answer.

use std::time::Duration;

use reqwest::Method;
use serde_json::Value;

/// The longest pause that a server may ask for.
const LONGEST_PAUSE_S: u64 = 10;

/// A request as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The method.
    pub method: Method,
    /// The address, with parameters.
    pub url: String,
    /// The headers that matter.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// An answer as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The status.
    pub status: u16,
    /// All headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// How long it took to come.
    pub millis: u64,
}

/// A request and its answer, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The request.
    pub sent: Sent,
    /// The answer, or why there is none.
    pub answer: Result<Received, String>,
}

impl Sent {
    /// A request without headers and body.
    pub fn new(method: Method, url: String) -> Self {
        Self { method, url, headers: Vec::new(), body: String::new() }
    }

    /// Adds a header.
    pub fn set_header(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.to_owned()));
    }
}

impl Received {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.body).ok()
    }

    /// Whether the status says that all went well.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl Exchange {
    /// An exchange that could not even begin.
    pub(crate) fn unsent(why: &str) -> Self {
        Self { sent: Sent::new(Method::POST, String::new()), answer: Err(why.to_owned()) }
    }

    /// The status, if an answer came.
    pub fn status(&self) -> Option<u16> {
        self.answer.as_ref().ok().map(|received| received.status)
    }

    /// The answer, if its status says that all went well.
    pub fn success(&self) -> Option<&Received> {
        self.answer.as_ref().ok().filter(|received| received.is_success())
    }

    /// Whether the answer makes Fin fetch a new token.
    pub fn refuses_token(&self) -> bool {
        matches!(self.status(), Some(401 | 403))
    }

    /// How long the server asks to wait, if it does.
    pub(super) fn asked_pause(&self) -> Option<Duration> {
        let received = self.answer.as_ref().ok().filter(|received| received.status == 429)?;
        let seconds = received.header("retry-after").and_then(|value| value.parse().ok()).unwrap_or(1);
        Some(Duration::from_secs(LONGEST_PAUSE_S.min(seconds)))
    }

    /// What came back, in a few words.
    pub fn outcome(&self) -> String {
        match &self.answer {
            Ok(received) => format!("status {}", received.status),
            Err(why) => format!("no answer ({why})"),
        }
    }
}
