//! The event stream: order, breaks, what is gone, and its ends.

use std::time::Duration;

use actix_web::rt::System;
use deskport_http_actix::{EventOptions, HttpOptions, ServerOptions};
use deskport_ports::{EventLog, TokenRepository};
use deskport_testkit::build::moment;
use serde_json::{Value, json};

use super::{
    stream::{Block, Stream},
    support::Desk,
};
use crate::support::raw::Server;

/// A desk, and a server over it that looks for events all the time.
struct Running {
    system: actix_web::rt::SystemRunner,
    desk: Desk,
    server: Server,
}

fn options(streams: usize) -> HttpOptions {
    let events = EventOptions {
        poll: Duration::from_millis(1),
        heartbeat: Duration::from_millis(5),
        streams_per_token: streams.try_into().unwrap(),
    };
    HttpOptions { events, ..HttpOptions::default() }
}

impl Running {
    fn new() -> Self {
        Self::with(100)
    }

    /// One whose token follows so many streams at most.
    fn with(streams: usize) -> Self {
        let system = System::new();
        let desk = system.block_on(Desk::new());
        let server = Server::start(&desk.world.helpdesk, options(streams), &ServerOptions::default());
        Self { system, desk, server }
    }

    fn follow(&self, query: &str, headers: &str) -> Stream {
        Stream::open(&self.server, &self.desk.token, query, headers)
    }

    /// Jane's conversation, which the desk began.
    fn matter(&self) -> String {
        self.system.block_on(self.desk.given_a_matter())
    }

    fn post(&self, matter: &str, body: &str) -> Value {
        let json = json!({"agent_id": "agent_sarah", "body": body}).to_string();
        let path = format!("/conversations/{matter}/messages");
        self.system.block_on(self.desk.post(&path, &json)).json()
    }

    fn stop(self) {
        self.server.stop().join().unwrap().unwrap();
    }
}

fn resume(after: u64) -> String {
    format!("Last-Event-ID: {after}\r\n")
}

#[test]
fn a_new_client_is_told_what_happens_from_now_on() {
    let running = Running::new();
    let matter = running.matter();
    let mut stream = running.follow("", "");
    for header in
        ["200 ok", "content-type: text/event-stream", "cache-control: no-cache", "x-accel-buffering: no"]
    {
        assert!(stream.head.contains(header), "{}", stream.head);
    }
    let begin = stream.begin();
    let posted = running.post(&matter, "x");
    let (position, kind, data) = stream.event();
    assert!(position > begin);
    assert_eq!((kind.as_str(), &data["type"]), ("message.created", &json!("message.created")));
    assert_eq!(data["data"]["position"], position);
    assert_eq!(data["data"]["origin"], "desk");
    assert_eq!(data["data"]["message_id"], posted["id"]);
    assert_eq!(data["data"]["agent_id"], "agent_sarah");
    assert_eq!(data["data"].get("message"), None, "bodies only if they are asked for");
    drop(stream);
    running.stop();
}

#[test]
fn everything_is_told_in_order_and_to_the_end() {
    let running = Running::new();
    let matter = running.matter();
    for number in 0..250 {
        running.post(&matter, &number.to_string());
    }
    let mut stream = running.follow("?after=0", "");
    let kinds: Vec<String> = (0..4).map(|_| stream.event().1).collect();
    assert_eq!(kinds, ["user.created", "agent.created", "conversation.created", "message.created"]);
    let positions: Vec<u64> = (0..250).map(|_| stream.event().0).collect();
    assert!(positions.is_sorted_by(|one, other| one < other));
    drop(stream);
    running.stop();
}

#[test]
fn a_stream_that_is_cut_anywhere_goes_on_with_nothing_missing_or_doubled() {
    let running = Running::new();
    let matter = running.matter();
    for number in 0..20 {
        running.post(&matter, &number.to_string());
    }
    let mut whole = Vec::new();
    let mut stream = running.follow("?after=0", "");
    while whole.len() < 24 {
        whole.push(stream.event().0);
    }
    drop(stream);

    let (mut pieces, mut last) = (Vec::new(), 0);
    while pieces.len() < whole.len() {
        // The header wins over the query that a browser repeats.
        let mut stream = running.follow("?after=0", &resume(last));
        for _ in 0..3.min(whole.len() - pieces.len()) {
            last = stream.event().0;
            pieces.push(last);
        }
    }
    assert_eq!(pieces, whole);
    running.stop();
}

#[test]
fn what_happened_before_the_first_event_and_after_the_cut_is_not_lost() {
    let running = Running::new();
    let matter = running.matter();
    let mut stream = running.follow("", "");
    let begin = stream.begin();
    drop(stream);
    let posted = running.post(&matter, "while away");
    let mut stream = running.follow("", &resume(begin));
    assert_eq!(stream.event().2["data"]["message_id"], posted["id"]);
    drop(stream);
    running.stop();
}

#[test]
fn a_resume_from_before_the_log_is_told_first_what_is_left() {
    let running = Running::new();
    let matter = running.matter();
    running.desk.world.clock.advance(1_000);
    running.post(&matter, "later");
    let store = &running.desk.store;
    assert!(running.system.block_on(store.forget_events(moment(500))).unwrap() > 0);
    let forgotten = running.system.block_on(store.log_bounds()).unwrap().forgotten;

    let mut stream = running.follow("", &resume(1));
    assert_eq!(stream.begin(), forgotten);
    let said = json!({"requested": 1, "resumed_after": forgotten, "oldest": forgotten + 1});
    assert_eq!(stream.block(), Some(Block::Event(forgotten, "reset".to_owned(), said)));
    assert_eq!(stream.event().1, "message.created");
    drop(stream);
    let mut stream = running.follow("", &resume(forgotten));
    assert_eq!(stream.begin(), forgotten);
    assert_eq!(stream.event().1, "message.created", "nothing is missing here");
    drop(stream);
    running.stop();
}

#[test]
fn a_resume_from_a_place_that_never_was_is_told_so() {
    let running = Running::new();
    let newest = running.system.block_on(running.desk.store.log_bounds()).unwrap().newest;
    let mut stream = running.follow("?after=999999", "");
    assert_eq!(stream.begin(), newest);
    assert_eq!(stream.event().1, "reset");
    drop(stream);
    running.stop();
}

#[test]
fn silence_is_filled_with_heartbeats() {
    let running = Running::new();
    let mut stream = running.follow("", "");
    stream.begin();
    for _ in 0..3 {
        assert_eq!(stream.block(), Some(Block::Comment("heartbeat".to_owned())));
    }
    drop(stream);
    running.stop();
}

#[test]
fn messages_come_along_if_they_are_asked_for() {
    let running = Running::new();
    let matter = running.matter();
    let posted = running.post(&matter, "<p>Hello</p>");
    let body = "x".repeat(100_000);
    for _ in 0..3 {
        running.post(&matter, &body);
    }
    let mut stream = running.follow("?after=0&include=message", "");
    let mut told = Vec::new();
    while told.len() < 5 {
        let (_, kind, data) = stream.event();
        match kind.as_str() {
            "message.created" => told.push(data),
            _ => assert_eq!(data["data"].get("message"), None, "{kind}"),
        }
    }
    assert_eq!(told[1]["data"]["message"], posted);
    assert_eq!(told[4]["data"]["message"]["body"].as_str().unwrap().len(), body.len());
    drop(stream);
    running.stop();
}

#[test]
fn a_message_that_was_erased_meanwhile_is_null() {
    let running = Running::new();
    running.matter();
    running.system.block_on(running.desk.delete("/users/user_jane"));
    let mut stream = running.follow("?after=0&include=message", "");
    let mut kinds = Vec::new();
    while kinds.last().is_none_or(|kind| kind != "user.deleted") {
        let (_, kind, data) = stream.event();
        if kind == "message.created" {
            assert_eq!(data["data"]["message"], Value::Null);
            assert!(data["data"]["message_id"].is_string());
        }
        kinds.push(kind);
    }
    drop(stream);
    running.stop();
}

#[test]
fn a_revoked_token_ends_its_streams() {
    let running = Running::new();
    let mut stream = running.follow("", "");
    stream.begin();
    let revoked = running.desk.store.revoke_token(&running.desk.token_id, moment(0));
    assert!(running.system.block_on(revoked).unwrap());
    running.desk.world.clock.advance(5_000);
    stream.ends();
    running.stop();
}

#[test]
fn streams_of_one_token_are_counted_and_their_places_are_free_again() {
    let running = Running::with(2);
    let (mut one, mut two) = (running.follow("", ""), running.follow("", ""));
    one.begin();
    two.begin();
    let refused = running.follow("", "");
    assert!(refused.head.starts_with("http/1.1 429 "), "{}", refused.head);
    assert!(refused.head.contains("retry-after: 5"), "{}", refused.head);
    assert!(refused.rest().contains("/problems/too-many-requests"));
    drop(one);
    // The server notices with the next heartbeat.
    let head = |_| running.follow("", "").head;
    assert!((0..1_000).map(head).any(|head| head.starts_with("http/1.1 200 ")));
    drop(two);
    running.stop();
}

#[test]
fn the_end_of_the_server_is_the_end_of_its_streams() {
    let running = Running::new();
    let mut stream = running.follow("", "");
    stream.begin();
    let thread = running.server.stop();
    stream.ends();
    thread.join().unwrap().unwrap();
}
