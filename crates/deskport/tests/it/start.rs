//! Starts that must fail, with one line that says why.

use std::fs;
use std::net::TcpListener;

use crate::support::{Sandbox, Store};

/// The only line of standard error that is no log line.
fn refusal(sandbox: &Sandbox) -> String {
    let finished = sandbox.run(&["serve"]);
    assert_eq!((finished.code, finished.stdout.as_str()), (1, ""), "{}", finished.stderr);
    let mut lines = finished.stderr.lines().filter(|line| line.starts_with("deskport: "));
    let line = lines.next().unwrap_or_else(|| panic!("{}", finished.stderr)).to_owned();
    assert_eq!(lines.next(), None);
    line
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let sandbox = Sandbox::new(Store::Sqlite).with("DESKPORT__SERVER__LISTEN", &address);
    let refusal = refusal(&sandbox);
    assert!(refusal.starts_with(&format!("deskport: listening on {address}: ")), "{refusal}");
    assert!(!sandbox.path("data").exists(), "nothing was made");
}

#[test]
fn a_database_that_is_not_reached_is_named_without_its_password() {
    // Bound and not listening: nobody else gets the port, and nobody answers.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("postgres://desk:MARKER@127.0.0.1:{port}/desk");
    let refusal = refusal(&Sandbox::new(Store::Sqlite).with("DESKPORT__DATABASE__URL", &url));
    assert!(refusal.contains(&format!("postgres://desk:…@127.0.0.1:{port}/desk")), "{refusal}");
    assert!(!refusal.contains("MARKER"), "{refusal}");
}

#[test]
fn a_file_that_is_no_database_is_named() {
    let sandbox = Sandbox::new(Store::Sqlite);
    fs::create_dir(sandbox.path("data")).unwrap();
    fs::write(sandbox.path("data/deskport.db"), "no database at all, just some text\n".repeat(100)).unwrap();
    let refusal = refusal(&sandbox);
    assert!(refusal.contains("sqlite://data/deskport.db"), "{refusal}");
}

#[test]
fn a_schema_from_a_newer_version_is_left_alone() {
    let sandbox = Sandbox::new(Store::Postgres);
    sandbox.print(&["migrate"]);
    sandbox.database().execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')");
    let refusal = refusal(&sandbox);
    assert!(refusal.contains("9999") && refusal.contains("newer version"), "{refusal}");
}

#[test]
fn migrating_twice_changes_nothing() {
    let sandbox = Sandbox::new(Store::Sqlite);
    let first = sandbox.print(&["migrate"]);
    assert!(first.starts_with("applied "), "{first}");
    assert_eq!(sandbox.print(&["migrate"]), "the schema of sqlite://data/deskport.db is up to date\n");
    // The schema alone is no first start.
    assert!(!sandbox.credentials_path().exists());
}
