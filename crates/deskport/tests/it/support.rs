//! What the tests share: a place to run in, a running server, and a client that plays Fin.

mod fin;
mod http;
mod postgres;
mod sandbox;
mod server;

pub(crate) use self::{
    fin::{Fin, fetch_token},
    http::{Answer, Connection, send},
    sandbox::{Sandbox, Store},
    server::Server,
};

use std::thread;
use std::time::{Duration, Instant};

/// Waits until something holds; a test that waits for ever says what for.
pub(crate) fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_mins(1), "still not: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}
