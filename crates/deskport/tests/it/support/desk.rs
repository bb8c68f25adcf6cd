//! A client that calls like the helpdesk's own system.

use std::io;
use std::net::SocketAddr;

use serde_json::{Value, json};

use super::{Answer, Connection, Events, Sandbox, send, try_send};

/// The desk, with the token of the first start.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    pub(crate) server: SocketAddr,
    authorization: String,
}

impl Desk {
    pub(crate) fn of(sandbox: &Sandbox, server: SocketAddr) -> Self {
        let credentials = sandbox.credentials();
        let token = credentials["desk"]["token"].as_str().unwrap();
        Self { server, authorization: format!("Bearer {token}") }
    }

    /// The same at another instance, or after a restart.
    pub(crate) fn at(&self, server: SocketAddr) -> Self {
        Self { server, ..self.clone() }
    }

    pub(crate) fn call(&self, method: &str, path: &str, body: &Value) -> Answer {
        send(self.server, method, &format!("/api/desk/v1{path}"), &self.headers(), &body.to_string())
    }

    /// Brings a user.
    pub(crate) fn user(&self, id: &str) {
        self.call("PUT", &format!("/users/{id}"), &json!({"name": "Jane Doe"})).expect(200);
    }

    /// Begins a conversation on behalf of a user; returns its id.
    pub(crate) fn begin(&self, user: &str, key: &str) -> String {
        let id = self.try_begin(user, key).unwrap();
        id.unwrap_or_else(|answer| panic!("{answer:?}"))
    }

    /// The same with a server that may end at any moment.
    pub(crate) fn try_begin(&self, user: &str, key: &str) -> io::Result<Result<String, Answer>> {
        let message = json!({"body": "<p>Hello</p>", "author": {"id": user, "user_type": "end_user"}});
        let body = json!({"user_id": user, "title": "Question", "initial_message": message});
        let answer = self.create("/conversations", key, &body)?;
        Ok(if answer.status == 201 {
            Ok(answer.json()["conversation"]["id"].as_str().unwrap().to_owned())
        } else {
            Err(answer)
        })
    }

    /// Replies as an agent; returns the message's id.
    pub(crate) fn reply(&self, conversation: &str, key: &str) -> String {
        self.try_reply(conversation, key).unwrap().unwrap_or_else(|answer| panic!("{answer:?}"))
    }

    /// The same with a server that may end at any moment.
    pub(crate) fn try_reply(&self, conversation: &str, key: &str) -> io::Result<Result<String, Answer>> {
        let body = json!({"agent_id": "agent_fin", "body": format!("<p>{key}</p>")});
        let answer = self.create(&format!("/conversations/{conversation}/messages"), key, &body)?;
        Ok(if answer.status == 201 {
            Ok(answer.json()["id"].as_str().unwrap().to_owned())
        } else {
            Err(answer)
        })
    }

    /// Follows what happens after an event, from the beginning of the log without one.
    pub(crate) fn follow(&self, after: &str) -> io::Result<Events> {
        let headers = [
            ("Authorization", self.authorization.as_str()),
            ("Last-Event-ID", after),
            ("Accept", "text/event-stream"),
        ];
        Events::open(Connection::try_open(self.server, "GET", "/api/desk/v1/events", &headers, 0)?)
    }

    fn create(&self, path: &str, key: &str, body: &Value) -> io::Result<Answer> {
        let [authorization, json] = self.headers();
        let headers = [authorization, json, ("Idempotency-Key", key)];
        try_send(self.server, "POST", &format!("/api/desk/v1{path}"), &headers, &body.to_string())
    }

    fn headers(&self) -> [(&str, &str); 2] {
        [("Authorization", &self.authorization), ("Content-Type", "application/json")]
    }
}
