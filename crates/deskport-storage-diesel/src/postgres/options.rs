//! How to reach a database server.

use std::{fmt, time::Duration};

/// How to reach a database server.
///
/// Connections are not encrypted: run the server on the same machine, in a private network, or
/// behind a tunnel.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresOptions {
    /// The address with user, password and database: `postgres://user:password@host/database`.
    pub url: String,
    /// The most connections for transactions and lists. Eight more are for posts and look-ups.
    pub pool_size: usize,
    /// How many calls may wait for a connection, or to be written with others. One more is refused
    /// at once.
    pub queue: usize,
    /// How long connecting may take.
    pub connect_timeout: Duration,
    /// How long a call waits for a connection.
    pub wait_timeout: Duration,
    /// How long a statement may take.
    pub statement_timeout: Duration,
}

impl PostgresOptions {
    /// What suits most.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            pool_size: 16,
            queue: 4096,
            connect_timeout: Duration::from_secs(5),
            wait_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(10),
        }
    }
}

/// Leaves out the address, which may hold a password.
impl fmt::Debug for PostgresOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresOptions")
            .field("pool_size", &self.pool_size)
            .field("queue", &self.queue)
            .field("connect_timeout", &self.connect_timeout)
            .field("wait_timeout", &self.wait_timeout)
            .field("statement_timeout", &self.statement_timeout)
            .finish_non_exhaustive()
    }
}
