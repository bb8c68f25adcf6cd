//! The chat page: who may use it, what can be done on it, and what it shows.

use std::sync::Arc;
use std::time::Duration;

use deskport_conformance::simulate::{Pace, Page, PageOptions, SimulateOptions};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

use crate::helpdesk::Helpdesk;

/// A page in front of a good helpdesk, and what it showed so far.
struct Opened {
    page: Page,
    states: Arc<Mutex<Vec<Value>>>,
    reader: JoinHandle<()>,
    _helpdesk: Helpdesk,
}

impl Opened {
    async fn new() -> Self {
        let helpdesk = Helpdesk::start(None).await;
        let options = SimulateOptions { pace: Pace::new(6000.0).unwrap(), ..helpdesk.options() };
        let page = PageOptions { listen: "127.0.0.1:0".parse().unwrap(), key: "the-key".to_owned() };
        let page = Page::open(options, page).await.unwrap();
        let states = Arc::new(Mutex::new(Vec::new()));
        let mut stream = send(&page, "GET", "events", &[], "").await;
        assert_eq!(stream.headers()["content-type"], "text/event-stream");
        let kept = states.clone();
        let reader = tokio::spawn(async move {
            let mut text = String::new();
            while let Some(Ok(frame)) = stream.frame().await {
                text.push_str(std::str::from_utf8(&frame.into_data().unwrap()).unwrap());
                while let Some((event, rest)) = text.split_once("\n\n") {
                    let data = event.lines().find_map(|line| line.strip_prefix("data: "));
                    kept.lock().await.extend(data.map(|data| serde_json::from_str::<Value>(data).unwrap()));
                    text = rest.to_owned();
                }
            }
        });
        Self { page, states, reader, _helpdesk: helpdesk }
    }

    async fn act(&self, action: Value) -> u16 {
        let origin = self.page.url().trim_end_matches("/the-key/").to_owned();
        let headers = [("origin", origin.as_str()), ("content-type", "application/json")];
        send(&self.page, "POST", "do", &headers, &action.to_string()).await.status().as_u16()
    }

    /// Waits until something of what was shown fits, and returns it.
    async fn shows(&self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..1000 {
            if let Some(found) = self.states.lock().await.iter().rev().find(|event| fits(event)) {
                return found.clone();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("not shown: {what}; last: {:?}", self.states.lock().await.last());
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

async fn send(
    page: &Page,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Response<Incoming> {
    let (host, rest) = page.url().trim_start_matches("http://").split_once('/').unwrap();
    let stream = TcpStream::connect(host).await.unwrap();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let mut request = Request::builder().method(method).uri(format!("/{rest}{path}"));
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", host);
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    sender.send_request(request.body(Full::new(Bytes::from(body.to_owned()))).unwrap()).await.unwrap()
}

fn texts(state: &Value) -> Vec<String> {
    let entries = state["chats"][0]["entries"].as_array().cloned().unwrap_or_default();
    let text =
        |entry: &Value| entry["html"].as_str().or(entry["mark"].as_str()).unwrap_or_default().to_owned();
    entries.iter().map(text).collect()
}

#[tokio::test]
async fn the_page_needs_nothing_but_itself() {
    let opened = Opened::new().await;
    let answer = send(&opened.page, "GET", "", &[], "").await;
    let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
    let html = String::from_utf8(answer.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap();
    assert!(html.contains("EventSource") && !html.contains("https://") && !html.contains("/* SCRIPT */"));
}

#[tokio::test]
async fn nobody_but_the_page_may_use_the_page() {
    let opened = Opened::new().await;
    let foreign = send(&opened.page, "GET", "", &[("host", "evil.example")], "").await;
    assert_eq!(foreign.status(), 403);
    let headers = [("origin", "http://evil.example"), ("content-type", "application/json")];
    let forged = send(&opened.page, "POST", "do", &headers, "{\"do\": \"compare\"}").await;
    assert_eq!(forged.status(), 403);
    assert_eq!(opened.act(json!({"do": "something"})).await, 422);
}

#[tokio::test]
async fn a_conversation_is_played_by_hand() {
    let opened = Opened::new().await;
    assert_eq!(opened.act(json!({"do": "say", "text": "Hello"})).await, 409, "nobody has started one");
    let start = json!({"do": "start", "name": "Jane Doe", "email": "jane@example.com", "text": "1 < 2?"});
    assert_eq!(opened.act(start).await, 200);
    let asked = opened.shows("the question", |event| texts(event).len() >= 2).await;
    assert_eq!(texts(&asked)[0], "<p>1 &lt; 2?</p>");

    assert_eq!(opened.act(json!({"do": "lose", "on": true})).await, 200);
    assert_eq!(opened.act(json!({"do": "say", "text": "May I talk to a person?"})).await, 200);
    opened.shows("the lost answer", |event| event["kind"] == "lost").await;
    opened.shows("the repeat", |event| event["kind"] == "repeat").await;
    let handed_over = |event: &Value| texts(event).contains(&"Fin handed over to a person".to_owned());
    opened.shows("the handover", handed_over).await;

    assert_eq!(opened.act(json!({"do": "typing"})).await, 200);
    opened.shows("who types", |event| event["kind"] == "typing").await;
    assert_eq!(opened.act(json!({"do": "note", "text": "A reseller"})).await, 200);
    assert_eq!(opened.act(json!({"do": "reply", "text": "Sarah here"})).await, 200);
    let is_seen = |event: &Value| {
        let entries = event["chats"][0]["entries"].as_array().cloned().unwrap_or_default();
        entries.iter().any(|entry| entry["html"] == "<p>Sarah here</p>" && entry["seen"] == true)
    };
    opened.shows("the reply, as Fin was told of it", is_seen).await;

    assert_eq!(opened.act(json!({"do": "compare"})).await, 200);
    let compared = opened.shows("the comparison", |event| event["compared"].is_object()).await;
    assert_eq!(compared["compared"]["text"], "In step: 6 messages in 1 conversation, each once and in order");
    let whole = format!("{:?}", opened.states.lock().await);
    assert!(!whole.contains("the-good-token") && !whole.contains("the-token-of-the-desk"));
}
