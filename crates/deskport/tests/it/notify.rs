//! What the desk changes reaches Fin, whatever the receiver does.

use std::thread;

use serde_json::json;

use crate::support::{Desk, Fin, Receiver, Reply, Sandbox, Store, WEBHOOK_KEY, wait_until};

const PATH: &str = "/hooks/standalone/custom_helpdesk_conversation_event/integration_7";

#[test]
fn a_change_of_the_desk_is_told_with_the_key() {
    let receiver = Receiver::start([]);
    let sandbox = Sandbox::new(Store::Sqlite).telling(&receiver);
    let server = sandbox.start();
    let desk = Desk::of(&sandbox, server.address());
    desk.user("user_1");
    let conversation = desk.begin("user_1", "1");
    wait_until("Fin is told", || !receiver.calls().is_empty());
    let call = &receiver.calls()[0];
    assert_eq!((call.path.as_str(), call.header("X-Webhook-Key")), (PATH, Some(WEBHOOK_KEY)));
    assert_eq!(call.json(), json!({"conversation_id": conversation}));
    let said = server.stop();
    assert!(!said.contains(WEBHOOK_KEY), "{said}");
}

#[test]
fn a_change_by_fin_is_told_to_the_desk_once_and_to_fin_never() {
    let receiver = Receiver::start([]);
    let sandbox = Sandbox::new(Store::Sqlite).telling(&receiver);
    let server = sandbox.start();
    let (fin, desk) = (Fin::of(&sandbox, &server), Desk::of(&sandbox, server.address()));
    let (user, of_fin) = fin.conversation();
    let posted = fin.post("/messages", &Fin::message(&user, &of_fin, "2")).expect(201)["id"].clone();

    let of_desk = desk.begin(&user, "1");
    wait_until("Fin is told of the desk's change", || !receiver.about(&of_desk).is_empty());
    assert_eq!(receiver.about(&of_fin).len(), 0);

    let mut events = desk.follow("0").unwrap();
    let mut told = Vec::new();
    while told.last().is_none_or(|data: &serde_json::Value| data["conversation_id"] != of_desk) {
        told.push(events.next().unwrap().data["data"].clone());
    }
    let of_message: Vec<_> = told.iter().filter(|data| data["message_id"] == posted).collect();
    assert_eq!(of_message.len(), 1, "{told:?}");
    assert_eq!(of_message[0]["origin"], "fin");
}

#[test]
fn every_failure_that_may_pass_is_tried_again() {
    let faults = [
        Reply::Status(500),
        Reply::With(503, "Retry-After: 1"),
        Reply::BreakOff,
        Reply::With(302, "Location: http://127.0.0.1:1/"),
        Reply::Status(429),
    ];
    let receiver = Receiver::start(faults);
    let sandbox = Sandbox::new(Store::Sqlite).telling(&receiver);
    let server = sandbox.start();
    let desk = Desk::of(&sandbox, server.address());
    desk.user("user_1");
    let conversations: Vec<_> = (0..5).map(|number| desk.begin("user_1", &number.to_string())).collect();
    let all_told = || {
        let delivered = sandbox.json(&["deliveries", "list", "--delivered", "--json"]);
        delivered.as_array().unwrap().len() == conversations.len()
    };
    wait_until("Fin was told of all conversations", all_told);
    // Five faults, and a success for each conversation; a reset connection may be called once more.
    let calls = receiver.calls().len();
    assert!((10..=11).contains(&calls), "{calls}");
}

#[test]
fn a_receiver_that_hangs_delays_no_other_conversation_and_no_stop() {
    let receiver = Receiver::start([Reply::Hang]);
    let sandbox = Sandbox::new(Store::Sqlite)
        .telling(&receiver)
        .with("DESKPORT__FIN__WEBHOOKS_IN_FLIGHT", "2")
        .with("DESKPORT__SERVER__SHUTDOWN_TIMEOUT_S", "1");
    let server = sandbox.start();
    let desk = Desk::of(&sandbox, server.address());
    desk.user("user_1");
    let poison = desk.begin("user_1", "poison");
    wait_until("the receiver hangs", || !receiver.calls().is_empty());
    let others: Vec<_> = (0..10).map(|number| desk.begin("user_1", &number.to_string())).collect();
    wait_until("the others are told", || others.iter().all(|other| !receiver.about(other).is_empty()));
    assert_eq!(sandbox.json(&["deliveries", "show", &poison, "--json"])["state"], "pending");
    server.stop();
}

#[test]
fn nobody_there_is_tried_again_too() {
    let sandbox = Sandbox::new(Store::Sqlite)
        .with("DESKPORT__FIN__WEBHOOK_URL", "http://127.0.0.1:1")
        .with("DESKPORT__FIN__INTEGRATION_ID", "integration_7")
        .with("DESKPORT__FIN__WEBHOOK_KEY", WEBHOOK_KEY);
    let server = sandbox.start();
    let desk = Desk::of(&sandbox, server.address());
    desk.user("user_1");
    let conversation = desk.begin("user_1", "1");
    let state = || sandbox.json(&["deliveries", "show", &conversation, "--json"]);
    wait_until("it was tried twice", || state()["failed_attempts"].as_u64().unwrap() >= 2);
    assert_eq!(state()["state"], "pending");
}

#[test]
fn many_changes_while_fin_is_slow_are_told_as_one() {
    let (conversations, changes) = (4, 50);
    let receiver = Receiver::start(vec![Reply::AtGate; 10_000]);
    let sandbox = Sandbox::new(Store::Sqlite).telling(&receiver);
    let server = sandbox.start();
    let desk = Desk::of(&sandbox, server.address());
    desk.user("user_1");
    let writers: Vec<_> = (0..conversations)
        .map(|number| {
            let desk = desk.clone();
            thread::spawn(move || {
                let conversation = desk.begin("user_1", &number.to_string());
                for change in 0..changes {
                    desk.reply(&conversation, &change.to_string());
                }
                conversation
            })
        })
        .collect();
    let ids: Vec<String> = writers.into_iter().map(|writer| writer.join().unwrap()).collect();
    receiver.open();
    let pending = || sandbox.json(&["deliveries", "list", "--json"]);
    wait_until("nothing waits any more", || pending() == json!([]));
    for id in &ids {
        assert!(!receiver.about(id).is_empty());
    }
    // Two for each, and more only where the machine is so slow that calls time out at the gate.
    let calls = receiver.calls().len();
    assert!(calls <= conversations * changes / 4, "{calls} calls for {} changes", conversations * changes);
}

#[test]
fn who_types_is_shown_at_once_and_never_stored() {
    let receiver = Receiver::start([]);
    let sandbox = Sandbox::new(Store::Sqlite).telling(&receiver);
    let server = sandbox.start();
    let (fin, desk) = (Fin::of(&sandbox, &server), Desk::of(&sandbox, server.address()));
    let (_, conversation) = fin.conversation();
    let typing = format!("/conversations/{conversation}/typing");
    let sent = desk.call("POST", &typing, &json!({"agent_id": "agent_fin"})).expect(202);
    assert_eq!(sent, json!({"sent": true}));
    assert_eq!(receiver.calls()[0].json()["event_type"], "agent_typing");
    assert_eq!(sandbox.run(&["deliveries", "show", &conversation]).code, 1);
}
