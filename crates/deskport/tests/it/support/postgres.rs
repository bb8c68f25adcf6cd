//! A PostgreSQL database of a test's own, removed afterwards.

use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, process};

use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};

const VARIABLE: &str = "DESKPORT_TEST_POSTGRES_URL";

/// A database that holds nothing at first.
pub(crate) struct Database {
    name: String,
}

impl Database {
    /// Creates it on the server that the environment names.
    pub(crate) fn create() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("deskport_binary_test_{}_{count}", process::id());
        execute(&server(), &format!("CREATE DATABASE {name}"));
        Self { name }
    }

    /// The address of this database: the server's with the name in place of its database.
    pub(crate) fn url(&self) -> String {
        let server = server();
        let (address, parameters) = match server.split_once('?') {
            Some((address, parameters)) => (address, format!("?{parameters}")),
            None => (server.as_str(), String::new()),
        };
        let (scheme, place) = address.split_once("://").unwrap();
        let host = place.split('/').next().unwrap();
        format!("{scheme}://{host}/{}{parameters}", self.name)
    }

    /// Runs statements in this database.
    pub(crate) fn execute(&self, statements: &str) {
        execute(&self.url(), statements);
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        execute(&server(), &format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

fn server() -> String {
    env::var(VARIABLE).unwrap_or_else(|_| {
        panic!(
            "{VARIABLE} is not set: run these tests by `cargo xtask ci`, \
             or by `cargo xtask postgres -- cargo test --package deskport`"
        )
    })
}

fn execute(url: &str, statements: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut connection = AsyncPgConnection::establish(url).await.unwrap();
        connection.batch_execute(statements).await.unwrap();
    });
}
