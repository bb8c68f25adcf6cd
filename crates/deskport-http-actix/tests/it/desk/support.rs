//! A helpdesk, and a desk that talks to it.

use std::sync::Arc;

use actix_web::{http::Method, test::TestRequest};
use deskport_application::Role;
use deskport_http_actix::HttpOptions;
use deskport_ports::{DeliveryState, Outbox, Standing};
use deskport_storage_memory::MemoryStore;
use serde_json::Value;

use crate::support::{Answer, World};

/// Where the desk face is.
pub(super) const DESK: &str = "/api/desk/v1";

/// A world with somebody at the desk.
pub(super) struct Desk {
    pub(super) world: World,
    pub(super) store: Arc<MemoryStore>,
    /// A token for the desk face.
    pub(super) token: String,
    pub(super) token_id: String,
}

impl Desk {
    pub(super) async fn new() -> Self {
        Self::with(HttpOptions::default()).await
    }

    pub(super) async fn with(options: HttpOptions) -> Self {
        let store = Arc::new(MemoryStore::default());
        let world = World::over(store.clone(), options).await;
        let made = world.helpdesk.access.create_token(Role::Desk, "desk".into(), None).await.unwrap();
        let (token, token_id) = (made.secret.reveal().to_owned(), made.credential.id.to_string());
        Self { world, store, token, token_id }
    }

    pub(super) fn request(&self, method: Method, path: &str) -> TestRequest {
        TestRequest::default()
            .method(method)
            .uri(&format!("{DESK}{path}"))
            .insert_header(("Authorization", format!("Bearer {}", self.token)))
            .insert_header(("X-Request-Id", "test"))
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.world.send(self.request(Method::GET, path)).await
    }

    pub(super) async fn delete(&self, path: &str) -> Answer {
        self.world.send(self.request(Method::DELETE, path)).await
    }

    pub(super) async fn post(&self, path: &str, json: &str) -> Answer {
        self.send(Method::POST, path, json).await
    }

    pub(super) async fn patch(&self, path: &str, json: &str) -> Answer {
        self.send(Method::PATCH, path, json).await
    }

    pub(super) async fn put(&self, path: &str, json: &str) -> Answer {
        self.send(Method::PUT, path, json).await
    }

    /// A create that may be repeated.
    pub(super) async fn post_keyed(&self, path: &str, key: &str, json: &str) -> Answer {
        let request = self.request(Method::POST, path).insert_header(("Idempotency-Key", key));
        self.world.send(request.set_payload(json.to_owned())).await
    }

    async fn send(&self, method: Method, path: &str, json: &str) -> Answer {
        self.world.send(self.request(method, path).set_payload(json.to_owned())).await
    }

    /// Jane, Sarah, and a conversation of Jane's that the desk began; its id.
    pub(super) async fn given_a_matter(&self) -> String {
        self.put("/users/user_jane", r#"{"name":"Jane Doe","email":"jane.doe@example.com"}"#).await;
        self.put("/agents/agent_sarah", r#"{"name":"Sarah Johnson","email":"sarah.johnson@company.com"}"#)
            .await;
        self.given_another().await
    }

    /// One more conversation of Jane's.
    pub(super) async fn given_another(&self) -> String {
        let begun = r#"{"user_id":"user_jane","title":"Question about pricing",
            "initial_message":{"agent_id":"agent_sarah","body":"<p>Hi Jane!</p>"}}"#;
        let begun = self.post("/conversations", begun).await;
        begun.json()["conversation"]["id"].as_str().unwrap().to_owned()
    }

    /// What Fin has yet to be told.
    pub(super) async fn pending(&self) -> Vec<DeliveryState> {
        self.store.deliveries(Standing::Pending, 100).await.unwrap()
    }

    /// Whether Fin has yet to be told anything, after everything from before was forgotten.
    pub(super) async fn tells_fin(&self, act: impl Future<Output = Answer>) -> usize {
        let before = self.versions().await;
        let answer = act.await;
        assert!(answer.status.is_success(), "{}", answer.text());
        self.versions().await - before
    }

    /// How many changes Fin must know of, and takes them all.
    async fn versions(&self) -> usize {
        let claim = deskport_ports::Claim {
            now: deskport_domain::Timestamp::MAX,
            until: deskport_domain::Timestamp::MAX,
            lease: 0,
            limit: 1_000,
        };
        let claimed = self.store.claim(&claim).await.unwrap();
        usize::try_from(claimed.iter().map(|delivery| delivery.version).sum::<u64>()).unwrap()
    }
}

/// Each object's member `name` as text.
pub(super) fn each<'a>(page: &'a Value, name: &str) -> Vec<&'a str> {
    page["data"].as_array().unwrap().iter().map(|object| object[name].as_str().unwrap()).collect()
}
