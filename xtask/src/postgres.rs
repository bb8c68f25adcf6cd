//! A PostgreSQL for tests: the one in the environment, or a throwaway cluster of our own.

mod cluster;
mod programs;

use std::process::Command;
use std::{env, thread};

use crate::failure::{Failure, Outcome};
use crate::shell;
use cluster::Cluster;

/// The variable by which tests are told where PostgreSQL is.
pub(crate) const URL_VARIABLE: &str = "DESKPORT_TEST_POSTGRES_URL";

/// A running server; a cluster of our own ends with this value.
#[derive(Debug)]
pub(crate) enum Server {
    Given(String),
    Throwaway(Cluster),
}

impl Server {
    /// The server from the environment, or else a new throwaway cluster.
    pub(crate) fn obtain() -> Result<Self, Failure> {
        if let Ok(url) = env::var(URL_VARIABLE) {
            return Ok(Self::Given(url));
        }
        Cluster::start(&programs::find_or_install()?, cluster::FAST).map(Self::Throwaway)
    }

    /// A new throwaway cluster that waits for the disk, as a server does that is measured.
    pub(crate) fn durable() -> Result<Self, Failure> {
        Cluster::start(&programs::find_or_install()?, cluster::DURABLE).map(Self::Throwaway)
    }

    pub(crate) fn url(&self) -> &str {
        match self {
            Self::Given(url) => url,
            Self::Throwaway(cluster) => cluster.url(),
        }
    }
}

/// `cargo xtask postgres`, `cargo xtask postgres -- COMMAND…`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let command = match arguments {
        [] => None,
        [dashes, program, rest @ ..] if dashes == "--" => Some((program, rest)),
        _ => return Err(Failure::new("usage: cargo xtask postgres [-- COMMAND…]")),
    };
    let server = Server::obtain()?;
    if let Some((program, rest)) = command {
        return shell::run(Command::new(program).args(rest).env(URL_VARIABLE, server.url()));
    }
    println!("{URL_VARIABLE}={}", server.url());
    println!("Runs until Ctrl-C.");
    loop {
        thread::park();
    }
}
