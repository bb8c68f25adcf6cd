//! Tells Fin about changes, rightly or not.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::Request;
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use super::{Fault, KEY, Site};

/// Tells that an agent changed the conversation of `input`, and that an agent types.
pub(crate) async fn tell(site: Arc<Site>, input: Value) {
    let behavior = &site.behavior;
    if behavior.has(Fault::NeverNotifies) {
        return;
    }
    let id = &input["conversation_id"];
    let mut agent = json!({"id": "1", "user_type": "agent", "name": "A", "email": "a@example.com"});
    if behavior.has(Fault::TypingWithoutEmail) {
        agent["email"] = Value::Null;
    }
    let typing = json!({"conversation_id": id, "event_type": "agent_typing", "data": {"agent": agent}});
    let mut change = json!({"conversation_id": id});
    if behavior.has(Fault::NotifiesWithoutId) {
        change = json!({"conversation": id});
    }
    if behavior.has(Fault::NotifiesUnknownEvent) {
        change["event_type"] = json!("message_created");
    }
    let own = site.state.lock().conversations.keys().next().cloned();
    let mut bodies = vec![change, typing];
    if behavior.has(Fault::EchoesFin) {
        bodies.push(json!({"conversation_id": own}));
    }
    for body in bodies {
        let url = input["webhook_url"].as_str().unwrap_or_default();
        while !send(&site, url, &body).await && !behavior.has(Fault::NotifiesOnce) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Whether the notification was taken, or nobody is there any more.
async fn send(site: &Site, url: &str, body: &Value) -> bool {
    let (host, path) = url.trim_start_matches("http://").split_once('/').unwrap();
    let Ok(stream) = TcpStream::connect(host).await else { return true };
    let Ok((mut sender, connection)) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await
    else {
        return true;
    };
    tokio::spawn(connection);
    let mut request = Request::post(format!("/{path}")).header("host", host);
    if !site.behavior.has(Fault::NotifiesWithoutKey) {
        request = request.header("x-webhook-key", KEY);
    }
    let request = request.body(Full::new(Bytes::from(body.to_string()))).unwrap();
    sender.send_request(request).await.is_ok_and(|answer| answer.status().is_success())
}
