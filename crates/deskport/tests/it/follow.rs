//! How the desk hears what happens: the event stream over crashes, and signed webhooks.

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac_sha256::HMAC;
use serde_json::json;

use crate::support::{Desk, Event, Receiver, Reply, Sandbox, Store, wait_until};

/// 24 and 27 bytes.
const SECRETS: [&str; 2] = ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "c29tZSBvdGhlciBieXRlcywgYWxzbyByYW5kb20s"];

fn a_stream_resumed_after_kill_9_has_every_event_once(store: Store) {
    let sandbox = Sandbox::new(store);
    let mut server = sandbox.start();
    let mut desk = Desk::of(&sandbox, server.address());
    desk.user("user_1");
    let conversation = desk.begin("user_1", "1");
    let (mut posted, mut events) = (Vec::new(), Vec::<Event>::new());
    for round in 0..3 {
        let after = events.last().map_or_else(|| "0".to_owned(), |event| event.id.clone());
        let mut stream = desk.follow(&after).unwrap();
        posted.extend((0..5).map(|number| desk.reply(&conversation, &format!("{round}-{number}"))));
        // The stream breaks off after some of them, the server before all were read.
        events.extend((0..4).map(|_| stream.next().unwrap()));
        server.kill();
        server = sandbox.start();
        desk = desk.at(server.address());
    }
    let last = posted.last().unwrap().as_str();
    let mut stream = desk.follow(&events.last().unwrap().id).unwrap();
    while events.last().is_none_or(|event| event.data["data"]["message_id"] != last) {
        events.push(stream.next().unwrap());
    }
    assert!(events.iter().all(|event| event.name != "reset"), "{events:?}");
    let positions: Vec<u64> = events.iter().map(|event| event.id.parse().unwrap()).collect();
    assert!(positions.is_sorted_by(|earlier, later| earlier < later), "{positions:?}");
    let ids: BTreeSet<String> = events.iter().map(|event| event.data["data"]["id"].to_string()).collect();
    assert_eq!(ids.len(), events.len());
    let is_reply =
        |event: &&Event| event.data["data"]["agent_id"] == "agent_fin" && event.name == "message.created";
    let told: Vec<_> =
        events.iter().filter(is_reply).map(|event| event.data["data"]["message_id"].clone()).collect();
    assert_eq!(told, posted);
}

#[test]
fn a_stream_on_sqlite_has_every_event_once() {
    a_stream_resumed_after_kill_9_has_every_event_once(Store::Sqlite);
}

#[test]
fn a_stream_on_postgres_has_every_event_once() {
    a_stream_resumed_after_kill_9_has_every_event_once(Store::Postgres);
}

#[test]
fn events_are_sent_to_the_desk_in_order_and_signed_with_every_secret() {
    let receiver = Receiver::start([Reply::Status(500)]);
    let secrets = SECRETS.map(|secret| format!("whsec_{secret}")).join(",");
    let sandbox = Sandbox::new(Store::Sqlite)
        .with("DESKPORT__DESK__WEBHOOK_URL", &format!("{}/hooks?of=desk", receiver.url()))
        .with("DESKPORT__DESK__WEBHOOK_SECRET", &secrets);
    let server = sandbox.start();
    let desk = Desk::of(&sandbox, server.address());
    desk.user("user_1");
    let conversation = desk.begin("user_1", "1");
    desk.reply(&conversation, "2");
    let is_last =
        || receiver.calls().last().is_some_and(|call| call.json()["data"]["agent_id"] == "agent_fin");
    wait_until("the last event is sent", is_last);
    let calls = receiver.calls();
    for call in &calls {
        let header = |name| call.header(name).unwrap();
        let (id, timestamp) = (header("webhook-id"), header("webhook-timestamp"));
        let signed = format!("{id}.{timestamp}.{}", call.body);
        let sign = |secret| HMAC::mac(signed.as_bytes(), STANDARD.decode(secret).unwrap());
        let signatures = SECRETS.map(|secret| format!("v1,{}", STANDARD.encode(sign(secret)))).join(" ");
        assert_eq!(header("webhook-signature"), signatures);
        assert_eq!((call.json()["data"]["id"].as_str(), call.path.as_str()), (Some(id), "/hooks?of=desk"));
    }
    // The first was refused, and is told again before any other.
    assert_eq!(calls[0].header("webhook-id"), calls[1].header("webhook-id"));
    let kinds: Vec<_> = calls[1..].iter().map(|call| call.json()["type"].clone()).collect();
    assert_eq!(
        kinds,
        [
            json!("user.created"),
            json!("conversation.created"),
            json!("message.created"),
            json!("message.created")
        ]
    );
    let said = server.stop();
    assert!(!said.contains(SECRETS[0]), "{said}");
}
