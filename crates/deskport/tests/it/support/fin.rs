//! A client that calls like Fin.

use std::net::SocketAddr;

use serde_json::{Value, json};

use super::{Answer, Sandbox, Server, send};

/// Fin, with a token.
#[derive(Debug, Clone)]
pub(crate) struct Fin {
    pub(crate) server: SocketAddr,
    pub(crate) authorization: String,
}

/// Fetches a token with a client's id and secret.
pub(crate) fn fetch_token(server: SocketAddr, client_id: &str, client_secret: &str) -> Answer {
    let form = format!("grant_type=client_credentials&client_id={client_id}&client_secret={client_secret}");
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    send(server, "POST", "/oauth/token", &headers, &form)
}

impl Fin {
    /// Fin with what the first start wrote.
    pub(crate) fn of(sandbox: &Sandbox, server: &Server) -> Self {
        let credentials = sandbox.credentials();
        let text = |name: &str| credentials["fin"][name].as_str().unwrap().to_owned();
        let token = fetch_token(server.address(), &text("client_id"), &text("client_secret")).expect(200);
        Self::with_token(server.address(), token["access_token"].as_str().unwrap())
    }

    /// Fin with a token that somebody made.
    pub(crate) fn with_token(server: SocketAddr, token: &str) -> Self {
        Self { server, authorization: format!("Bearer {token}") }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        send(self.server, "GET", &format!("/api/fin{path}"), &self.headers(), "")
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        send(self.server, "POST", &format!("/api/fin{path}"), &self.headers(), &body.to_string())
    }

    pub(crate) fn put(&self, path: &str, body: &Value) -> Answer {
        send(self.server, "PUT", &format!("/api/fin{path}"), &self.headers(), &body.to_string())
    }

    pub(crate) fn headers(&self) -> [(&str, &str); 2] {
        [("Authorization", &self.authorization), ("Content-Type", "application/json")]
    }

    /// A user and a conversation with one message; returns the ids of both.
    pub(crate) fn conversation(&self) -> (String, String) {
        let user = self.post("/user", &json!({"name": "Jane Doe", "object_id": "123456"})).expect(201);
        let user = user["id"].as_str().unwrap().to_owned();
        let author = json!({"id": user, "user_type": "end_user"});
        let message = json!({"message_type": "comment", "body": "<p>Hello</p>", "author": author,
            "visibility": "public", "object_id": "1"});
        let created = self.post(
            "/conversation",
            &json!({"user_id": user, "object_id": "123456", "initial_message": message}),
        );
        let id = created.expect(201)["conversation"]["id"].as_str().unwrap().to_owned();
        (user, id)
    }

    /// What posts a message of the user's.
    pub(crate) fn message(user: &str, conversation: &str, object_id: &str) -> Value {
        json!({"conversation_id": conversation, "message_type": "comment", "body": "<p>More</p>",
            "author": {"id": user, "user_type": "end_user"}, "visibility": "public", "object_id": object_id})
    }

    /// The ids of a conversation's messages, in order.
    pub(crate) fn message_ids(&self, conversation: &str) -> Vec<String> {
        let messages = self.get(&format!("/messages?conversation_id={conversation}")).expect(200);
        let ids =
            messages.as_array().unwrap().iter().map(|message| message["id"].as_str().unwrap().to_owned());
        ids.collect()
    }
}
