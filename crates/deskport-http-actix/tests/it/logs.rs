//! What the log says of a request, and what it never says.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use deskport_http_actix::{HttpOptions, RequestSpans};
use serde_json::Value;
use tracing::{Level, Span};
use tracing_subscriber::fmt::MakeWriter;

use crate::{failures::a_list_that_breaks_off, support::World};

/// Levels of logs go for the whole process, so tests that choose one take turns.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[actix_web::test]
async fn one_line_tells_of_a_request_without_telling_of_people() {
    let _turn = TURN.lock().await;
    let world = World::new().await;
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().json().with_max_level(tracing::Level::DEBUG);
    let guard = tracing::subscriber::set_default(subscriber.with_writer(log.clone()).finish());
    world.get("/user/?user_id=user_secret").await;
    world.post("/create_user", r#"{"name":"A secret name"}"#).await;
    world.post("/create_user", r#"{"secret":"#).await;
    world.get("/nothing/secret").await;
    drop(guard);

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(!log.contains("secret") && !log.contains(&world.token), "{log}");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<String> = lines
        .iter()
        .filter(|line| line["fields"]["message"] == "Answered a request")
        .map(|line| {
            let (fields, id) = (&line["fields"], &line["span"]["request.id"]);
            assert!(fields["latency_ms"].is_number() && fields["token.id"].is_string(), "{line}");
            format!("{} {} {} {id}", fields["http.method"], fields["http.route"], fields["http.status"])
        })
        .collect();
    assert_eq!(
        told,
        [
            r#""GET" "/api/fin/user" 404 "test""#,
            r#""POST" "/api/fin/create_user" 201 "test""#,
            r#""POST" "/api/fin/create_user" 400 "test""#,
            r#""GET" "none" 404 "test""#,
        ]
    );
}

/// What is logged at the level info of requests that go wrong, without what differs each time.
async fn logged_of_failures(request_spans: RequestSpans) -> Vec<String> {
    let _turn = TURN.lock().await;
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().json().with_max_level(Level::INFO);
    let guard = tracing::subscriber::set_default(subscriber.with_writer(log.clone()).finish());
    let options = HttpOptions { request_spans, page_size: 2.try_into().unwrap(), ..HttpOptions::default() };
    let world = a_list_that_breaks_off().beside(options);
    assert!(!world.get("/messages?conversation_id=conv_pricing").await.whole);
    for answer in [world.get("/agents").await, world.post("/get_agents", "").await] {
        assert_eq!(answer.status, 500);
    }
    assert_eq!(world.get("/nothing").await.status, 404);
    drop(guard);

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let told = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        let (fields, spans) = (&line["fields"], &line["spans"]);
        assert_eq!(*spans, serde_json::json!([{ "name": "request", "request.id": "test" }]), "{line}");
        format!("{} {} {} {}", line["level"], fields["message"], fields["http.status"], fields["cause"])
    };
    log.lines().map(told).collect()
}

#[actix_web::test]
async fn whichever_requests_have_spans_the_faces_log_the_same() {
    let all = logged_of_failures(RequestSpans::All).await;
    assert_eq!(all.len(), 6, "{all:?}");
    assert!(all[0].contains("A list broke off"), "{all:?}");
    assert_eq!(logged_of_failures(RequestSpans::WhereNeeded).await, all);
}

#[actix_web::test]
async fn a_request_that_only_reads_has_a_span_where_one_is_wanted() {
    let _turn = TURN.lock().await;
    for (request_spans, level, wanted) in [
        (RequestSpans::All, Level::INFO, true),
        (RequestSpans::WhereNeeded, Level::DEBUG, true),
        (RequestSpans::WhereNeeded, Level::INFO, false),
    ] {
        let subscriber = tracing_subscriber::fmt().with_max_level(level).with_writer(Log::default());
        let guard = tracing::subscriber::set_default(subscriber.finish());
        let world = World::over_mock(|store| {
            store.expect_agents().returning(move || {
                assert_eq!(!Span::current().is_none(), wanted);
                Ok(Vec::new())
            });
        });
        let world = world.beside(HttpOptions { request_spans, ..HttpOptions::default() });
        assert_eq!(world.get("/agents").await.status, 200, "{level}");
        drop(guard);
    }
}

#[actix_web::test]
async fn requests_that_are_turned_away_do_not_fill_the_log() {
    let _turn = TURN.lock().await;
    let world = World::with(HttpOptions { max_in_flight: 0, ..HttpOptions::default() }).await;
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().json().with_max_level(Level::INFO);
    let guard = tracing::subscriber::set_default(subscriber.with_writer(log.clone()).finish());
    let is_told = || !log.0.lock().unwrap().is_empty();
    // The first is told at once, unless another test of this process was told of one just now.
    for sent in 0..100_000 {
        if sent >= 50 && is_told() {
            break;
        }
        assert_eq!(world.get("/agents").await.status, 503);
    }
    drop(guard);

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let mut told = 0;
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let fields = &line["fields"];
        assert_eq!(fields["message"], "Turned requests away since the last such line");
        assert_eq!(fields["http.status"], 503);
        told += fields["requests"].as_u64().unwrap();
    }
    assert!(told > 0 && log.lines().count() < 50, "{log}");
}
