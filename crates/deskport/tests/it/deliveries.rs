//! Notifications on the command line, beside a running server.

use serde_json::json;

use crate::support::{Desk, Receiver, Reply, Sandbox, Server, Store, wait_until};

struct Parked {
    sandbox: Sandbox,
    server: Server,
    receiver: Receiver,
    conversation: String,
}

/// A conversation that Fin says it does not know.
fn parked(store: Store) -> Parked {
    let receiver = Receiver::start([Reply::Status(410)]);
    let sandbox = Sandbox::new(store).telling(&receiver);
    let server = sandbox.start();
    let desk = Desk::of(&sandbox, server.address());
    desk.user("user_1");
    let conversation = desk.begin("user_1", "1");
    wait_until("it is parked", || sandbox.json(&["deliveries", "list", "--parked", "--json"]) != json!([]));
    Parked { sandbox, server, receiver, conversation }
}

fn what_is_parked_is_shown_and_sent_again_beside_the_server(store: Store) {
    let Parked { sandbox, server, receiver, conversation } = parked(store);
    let listed = sandbox.print(&["deliveries", "list"]);
    let row = listed.lines().nth(1).unwrap();
    assert!(row.contains(&conversation) && row.contains("parked") && row.contains("410"), "{listed}");
    assert_eq!(sandbox.json(&["deliveries", "list", "--pending", "--json"]), json!([]));

    assert_eq!(sandbox.print(&["deliveries", "retry", "--all"]), "due now: 1\n");
    let state = || sandbox.json(&["deliveries", "show", &conversation, "--json"]);
    wait_until("it is delivered", || state()["state"] == "delivered");
    let attempts = state()["attempts"].clone();
    let statuses: Vec<_> = attempts.as_array().unwrap().iter().map(|attempt| &attempt["status"]).collect();
    assert_eq!(statuses, [200, 410]);
    assert_eq!(receiver.about(&conversation).len(), 2);

    // What Fin knows already can be told again, too.
    sandbox.print(&["deliveries", "retry", &conversation]);
    wait_until("it is told again", || receiver.about(&conversation).len() == 3);
    let said = server.stop();
    assert!(said.contains("fin.integration_id and fin.region"), "{said}");
}

#[test]
fn what_is_parked_on_sqlite_is_shown_and_sent_again() {
    what_is_parked_is_shown_and_sent_again_beside_the_server(Store::Sqlite);
}

#[test]
fn what_is_parked_on_postgres_is_shown_and_sent_again() {
    what_is_parked_is_shown_and_sent_again_beside_the_server(Store::Postgres);
}

#[test]
fn a_test_sends_now_and_stores_nothing() {
    let Parked { sandbox, receiver, conversation, .. } = parked(Store::Sqlite);
    let sent = sandbox.json(&["deliveries", "test", &conversation, "--json"]);
    assert_eq!((&sent["status"], &sent["error"]), (&json!(200), &json!(null)));
    receiver.then([Reply::Status(401)]);
    let refused = sandbox.run(&["deliveries", "test", &conversation]);
    assert_eq!((refused.code, refused.stderr.as_str()), (1, "deskport: Fin did not take it\n"));
    assert!(refused.stdout.contains("401"), "{refused:?}");
    let state = sandbox.json(&["deliveries", "show", &conversation, "--json"]);
    assert_eq!((&state["state"], state["attempts"].as_array().unwrap().len()), (&json!("parked"), 1));
}

#[test]
fn what_there_is_not_cannot_be_sent() {
    let sandbox = Sandbox::new(Store::Sqlite);
    let said = |arguments: &[&str]| {
        let finished = sandbox.run(arguments);
        assert_eq!(finished.code, 1, "{finished:?}");
        finished.stderr
    };
    let unknown = "deskport: there is no notification of a conversation \"conv_x\"\n";
    assert_eq!(said(&["deliveries", "show", "conv_x"]), unknown);
    assert_eq!(said(&["deliveries", "retry", "conv_x"]), unknown);
    let off = "deskport: Fin is not notified: set fin.integration_id and fin.webhook_key\n";
    assert_eq!(said(&["deliveries", "test", "conv_x"]), off);
    assert_eq!(sandbox.run(&["deliveries", "retry"]).code, 2);
}
