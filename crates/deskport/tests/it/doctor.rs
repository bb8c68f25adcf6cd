//! `deskport doctor`: what it finds, and what it says to do.

use crate::support::{Desk, Receiver, Reply, Sandbox, Store, wait_until};

/// What the doctor prints, with the client's id made the same for all runs; and the exit code.
fn examine(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let finished = sandbox.run(&[&["doctor"], arguments].concat());
    let mut said = format!("{}{}exit code {}\n", finished.stdout, finished.stderr, finished.code);
    if sandbox.credentials_path().exists() {
        let id = sandbox.credentials()["fin"]["client_id"].as_str().unwrap().to_owned();
        for secret in
            [&sandbox.credentials()["fin"]["client_secret"], &sandbox.credentials()["desk"]["token"]]
        {
            assert!(!said.contains(secret.as_str().unwrap()), "{said}");
        }
        said = said.replace(&id, "CLIENT_ID");
    }
    said
}

#[test]
fn a_deployment_that_never_started_is_told_to_start() {
    insta::assert_snapshot!(examine(&Sandbox::new(Store::Sqlite), &[]));
}

#[test]
fn a_deployment_in_order_gets_its_values() {
    let receiver = Receiver::start([]);
    let sandbox = Sandbox::new(Store::Sqlite)
        .telling(&receiver)
        .with("DESKPORT__FIN__SIGNATURE", "enforce")
        .with("DESKPORT__FIN__SIGNATURE_KEY", "MARKER");
    sandbox.start().stop();
    let said = examine(&sandbox, &["--public-url", "https://desk.example.com/"]);
    assert!(!said.contains("MARKER"), "{said}");
    insta::assert_snapshot!(said);
}

#[test]
fn what_is_wrong_is_named_with_what_to_do() {
    let receiver = Receiver::start([Reply::Status(401)]);
    let sandbox = Sandbox::new(Store::Sqlite).telling(&receiver);
    let server = sandbox.start();
    let desk = Desk::of(&sandbox, server.address());
    desk.user("user_1");
    desk.begin("user_1", "1");
    wait_until("it is parked", || sandbox.print(&["deliveries", "list"]).contains("parked"));
    server.stop();
    sandbox.print(&["agent", "disable", "agent_fin"]);
    let client = sandbox.credentials()["fin"]["client_id"].as_str().unwrap().to_owned();
    sandbox.print(&["client", "revoke", &client]);
    insta::assert_snapshot!(examine(&sandbox, &["--public-url", "http://desk.example.com"]));
}
