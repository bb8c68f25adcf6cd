//! What the log says of a request, and what it never says.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use serde_json::Value;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::World;

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
