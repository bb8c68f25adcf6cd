//! `[server]`: the address, the limits and the patience of the HTTP server.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use super::{Problem, values::Values};

/// The most bytes that any limit may allow.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// How the server listens, how much it takes, and how long it waits.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) listen: SocketAddr,
    /// `None`: beside the database.
    pub(crate) credentials_file: Option<PathBuf>,
    /// `None`: one for each processor.
    pub(crate) workers: Option<NonZeroUsize>,
    pub(crate) max_connections: usize,
    pub(crate) max_in_flight: usize,
    pub(crate) keep_alive: Duration,
    pub(crate) head_timeout: Duration,
    pub(crate) body_timeout: Duration,
    pub(crate) shutdown_timeout: Duration,
    pub(crate) request_body_bytes: usize,
    pub(crate) message_body_bytes: usize,
    pub(crate) list_cache_bytes: u64,
    pub(crate) behind_proxy: bool,
}

impl Server {
    pub(super) fn read(values: &Values) -> Result<Self, Problem> {
        let seconds = |key, range| values.number(key, range).map(Duration::from_secs);
        let request_body_bytes = values.number("server.request_body_bytes", 1024..=MOST_BYTES)?;
        let file = values.text("server.credentials_file");
        Ok(Self {
            listen: address(values)?,
            credentials_file: (!file.is_empty()).then(|| PathBuf::from(file)),
            workers: NonZeroUsize::new(values.number("server.workers", 0..=256)?),
            max_connections: values.number("server.max_connections", 1..=1_000_000)?,
            max_in_flight: values.number("server.max_in_flight", 1..=1_000_000)?,
            keep_alive: seconds("server.keep_alive_s", 0..=3600)?,
            head_timeout: seconds("server.head_timeout_s", 1..=300)?,
            body_timeout: seconds("server.body_timeout_s", 1..=300)?,
            shutdown_timeout: seconds("server.shutdown_timeout_s", 0..=9)?,
            request_body_bytes,
            message_body_bytes: values.number("server.message_body_bytes", 1..=request_body_bytes)?,
            list_cache_bytes: values.number("server.list_cache_bytes", 0..=1 << 40)?,
            behind_proxy: values.flag("server.behind_proxy")?,
        })
    }
}

fn address(values: &Values) -> Result<SocketAddr, Problem> {
    const ALLOWED: &str = "an IP address and a port, such as 127.0.0.1:8080, 0.0.0.0:8080 or [::1]:8080";
    let key = "server.listen";
    values.text(key).parse().map_err(|_| values.refuse(key, ALLOWED))
}
