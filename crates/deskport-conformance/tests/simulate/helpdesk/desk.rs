//! The API for the helpdesk's own people, as far as a simulation uses it.

use http_body_util::Full;
use hyper::Request;
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use super::actions::{place, store};
use super::{Site, Wrong};

pub(super) fn perform(site: &Site, method: &str, path: &str, input: &Value) -> (u16, Value) {
    let parts: Vec<&str> = path.split('/').collect();
    match (method, parts.as_slice()) {
        ("PUT", ["agents", id]) => (200, json!({"id": id})),
        ("POST", ["conversations", id, "typing"]) => {
            let agent =
                json!({"id": input["agent_id"], "user_type": "agent", "name": "A", "email": "a@example.com"});
            tell(
                site,
                &json!({"conversation_id": id, "event_type": "agent_typing", "data": {"agent": agent}}),
            );
            (202, json!({"sent": true}))
        }
        ("POST", ["conversations", id, "messages"]) => {
            let message =
                json!({"conversation_id": id, "body": input["body"], "author": {"id": input["agent_id"]}});
            let visibility = input["visibility"].as_str().unwrap();
            let stored = store(&mut site.lock(), &message, visibility);
            if visibility == "public" {
                tell(site, &json!({"conversation_id": id}));
            }
            (201, stored)
        }
        ("PATCH", ["conversations", id]) => (200, patch(site, id, input)),
        _ => (404, Value::Null),
    }
}

fn patch(site: &Site, id: &str, input: &Value) -> Value {
    let mut data = site.lock();
    let place = place(&data, &json!(id));
    let members = &mut data.conversations[place].members;
    let before = members.clone();
    if let Some(agent) = input.get("assignee_id") {
        members["assignee"] = json!({"id": agent});
    }
    if let Some(status) = input.get("status") {
        members["status"] = status.clone();
    }
    let after = members.clone();
    drop(data);
    if before != after {
        tell(site, &json!({"conversation_id": id}));
    }
    after
}

/// Tells Fin, again and again until it listens.
fn tell(site: &Site, body: &Value) {
    let Some(url) = site.lock().webhook.clone().filter(|_| !site.is(Wrong::NeverTells)) else { return };
    let body = body.to_string();
    tokio::spawn(async move {
        while !send(&url, &body).await {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    });
}

/// Whether the notification was taken, or nobody is there any more.
async fn send(url: &str, body: &str) -> bool {
    let host = url.trim_start_matches("http://");
    let Ok(stream) = TcpStream::connect(host).await else { return true };
    let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
    let Ok((mut sender, connection)) = handshake else { return true };
    tokio::spawn(connection);
    let request = Request::post("/hooks/1").header("host", host).header("x-webhook-key", "the-webhook-key");
    let request = request.body(Full::new(Bytes::from(body.to_owned()))).unwrap();
    sender.send_request(request).await.is_ok_and(|answer| answer.status().is_success())
}
