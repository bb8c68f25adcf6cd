//! A database of a test's own, removed afterwards.

use std::{
    env, process,
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};

const VARIABLE: &str = "DESKPORT_TEST_POSTGRES_URL";

/// A database that holds nothing at first.
pub(crate) struct Database {
    name: String,
}

impl Database {
    /// Creates it on the server that the environment names.
    pub(crate) async fn create() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("deskport_test_{}_{count}", process::id());
        execute(&server(), &format!("CREATE DATABASE {name}")).await;
        Self { name }
    }

    /// The address of this database: the server's with the name in place of its database.
    pub(crate) fn url(&self) -> String {
        let server = server();
        let (address, parameters) = match server.split_once('?') {
            Some((address, parameters)) => (address, format!("?{parameters}")),
            None => (server.as_str(), String::new()),
        };
        let host_at = address.find("://").map_or(0, |scheme| scheme + 3);
        let host_end = address[host_at..].find('/').map_or(address.len(), |path| host_at + path);
        format!("{}/{}{parameters}", &address[..host_end], self.name)
    }

    /// Runs statements in this database.
    pub(crate) async fn execute(&self, statements: &str) {
        execute(&self.url(), statements).await;
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        let cleaner = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(execute(&server(), &drop));
        });
        assert!(cleaner.join().is_ok() || thread::panicking(), "the test's database stays behind");
    }
}

fn server() -> String {
    env::var(VARIABLE).unwrap_or_else(|_| {
        panic!(
            "{VARIABLE} is not set: run these tests by `cargo xtask ci`, \
             or by `cargo xtask postgres -- cargo test --package deskport-storage-diesel`"
        )
    })
}

async fn execute(url: &str, statements: &str) {
    let mut connection = AsyncPgConnection::establish(url).await.unwrap();
    connection.batch_execute(statements).await.unwrap();
}
