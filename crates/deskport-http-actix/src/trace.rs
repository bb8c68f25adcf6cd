//! One log line for each request, and one for each failure that a person should know of. Of requests
//! that are turned away because there are too many, one line a second tells.

mod often;

use std::{error::Error, fmt, time::Instant};

use actix_web::{
    HttpMessage, HttpRequest,
    http::{Method, StatusCode},
};
use deskport_application::StoreError;
use tracing::{Level, error, event, warn};

use self::often::Often;
use crate::{auth::Admitted, problem::Problem};

/// Requests that came too often, and those that nobody could work on.
static TOO_MANY: Often = Often::new();
static UNAVAILABLE: Often = Often::new();
/// Those that the store did not serve, with what it said.
static NOT_SERVED: Often = Often::new();

/// What a request's log line tells. No path, query or body: they name people.
pub(crate) struct Facts<'a> {
    pub(crate) method: &'a Method,
    /// Gone when the handler panicked.
    pub(crate) request: Option<&'a HttpRequest>,
    pub(crate) status: StatusCode,
    pub(crate) started: Instant,
}

/// Logs a request that is about to be answered: one that went well, or was turned away among many,
/// for those who look closely.
pub(crate) fn answered(facts: &Facts<'_>) {
    let is_usual = facts.status.is_success() || counted_as_turned_away(facts.status);
    if is_usual && !tracing::enabled!(Level::DEBUG) {
        return;
    }
    let route = facts.request.and_then(HttpRequest::match_pattern);
    let extensions = facts.request.map(HttpRequest::extensions);
    let admitted = extensions.as_ref().and_then(|extensions| extensions.get::<Admitted>());
    macro_rules! log_at {
        ($level:expr) => {
            event!(
                $level,
                http.method = %facts.method,
                http.route = route.as_deref().unwrap_or("none"),
                http.status = facts.status.as_u16(),
                latency_ms = facts.started.elapsed().as_secs_f64() * 1_000.0,
                token.id = admitted.map(|admitted| admitted.caller.token_id.as_str()),
                "Answered a request"
            )
        };
    }
    if is_usual { log_at!(Level::DEBUG) } else { log_at!(Level::INFO) }
}

/// Counts a request that was turned away, and tells whether it was.
fn counted_as_turned_away(status: StatusCode) -> bool {
    let often = match status {
        StatusCode::TOO_MANY_REQUESTS => &TOO_MANY,
        StatusCode::SERVICE_UNAVAILABLE => &UNAVAILABLE,
        _ => return false,
    };
    if let Some(requests) = often.count() {
        warn!(http.status = status.as_u16(), requests, "Turned requests away since the last such line");
    }
    true
}

/// Logs why a request failed, if that is the server's fault.
pub(crate) fn refused(problem: &Problem) {
    let kind = problem.kind();
    match problem.cause() {
        Some(cause @ (StoreError::Unavailable(_) | StoreError::Overloaded)) => {
            if let Some(requests) = NOT_SERVED.count() {
                warn!(problem = kind.uri(), cause = %Chain(cause), requests, "The store did not serve requests");
            }
        }
        Some(cause) => error!(problem = kind.uri(), cause = %Chain(cause), "A request failed"),
        None if kind.status() == StatusCode::INTERNAL_SERVER_ERROR => {
            error!(problem = kind.uri(), cause = %problem, "A request failed");
        }
        None => {}
    }
}

/// Logs a list that broke off after its head was sent.
pub(crate) fn broken_off(problem: &Problem) {
    let cause = problem.cause().map(Chain);
    error!(cause = cause.as_ref().map(tracing::field::display), "A list broke off in the middle");
}

/// An error and what led to it, in one line.
struct Chain<'a>(&'a StoreError);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(cause) = source {
            write!(f, ": {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}
