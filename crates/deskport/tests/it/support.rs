//! What the tests share: a place to run in, a running server, and a client that plays Fin.

mod desk;
mod events;
mod fin;
mod http;
mod postgres;
mod receiver;
mod sandbox;
mod server;

pub(crate) use self::{
    desk::Desk,
    events::{Event, Events},
    fin::{Fin, fetch_token},
    http::{Answer, Connection, send, try_send},
    receiver::{Receiver, Reply},
    sandbox::{Sandbox, Store, WEBHOOK_KEY},
    server::Server,
};

use std::thread;
use std::time::{Duration, Instant};

/// Waits until something holds, longer than the claim of a dead instance; a test that waits for ever says what for.
pub(crate) fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_mins(3), "still not: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}
