//! A helpdesk with one agent, one user and one conversation, and a caller that talks to its faces.

pub(crate) mod raw;

use std::{collections::BTreeMap, fmt::Write, rc::Rc, sync::Arc};

use actix_web::{
    App,
    body::to_bytes,
    http::{Method, StatusCode, header::HeaderMap},
    test::{self, TestRequest},
    web::ServiceConfig,
};
use deskport_application::{AccessOptions, Helpdesk, Role};
use deskport_domain::{AgentUpdate, Patch};
use deskport_http_actix::{HttpOptions, routes};
use deskport_ports::{MockStore, Store};
use deskport_storage_memory::MemoryStore;
use deskport_testkit::{
    build::{a_token, agent_id, moment},
    fake::{FixedClock, SequentialIds},
};
use serde_json::Value;

/// Where the Fin face is.
pub(crate) const FIN: &str = "/api/fin";

/// A helpdesk and its faces.
pub(crate) struct World {
    pub(crate) helpdesk: Helpdesk,
    pub(crate) clock: Arc<FixedClock>,
    /// A token for the Fin face.
    pub(crate) token: String,
    /// The client with which Fin fetches tokens.
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    faces: Rc<dyn Fn(&mut ServiceConfig)>,
}

/// An answer, read whole.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// Whether the body came to its end.
    pub(crate) whole: bool,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(HttpOptions::default()).await
    }

    pub(crate) async fn with(options: HttpOptions) -> Self {
        Self::over(Arc::new(MemoryStore::default()), options).await
    }

    /// A world that begins as a first start leaves it.
    pub(crate) async fn over(store: Arc<dyn Store>, options: HttpOptions) -> Self {
        let clock = Arc::new(FixedClock::at(moment(0)));
        let access = AccessOptions { token_lifetime_s: 3_600, cached_tokens: 100 };
        let helpdesk = Helpdesk::new(store, clock.clone(), Arc::new(SequentialIds::default()), &access);
        let profile = AgentUpdate {
            name: Patch::Set("Fin AI Assistant".into()),
            email: Patch::Set("fin@company.com".into()),
            alias: Patch::Set("Fin".into()),
            ..AgentUpdate::default()
        };
        let start = helpdesk.setup.prepare(agent_id("agent_fin"), &profile).await.unwrap().unwrap();
        assert!(helpdesk.setup.complete(&start).await.unwrap());
        let token = helpdesk.access.create_token(Role::Fin, "test".into(), None).await.unwrap();
        Self {
            faces: Rc::new(routes(helpdesk.clone(), options)),
            helpdesk,
            clock,
            token: token.secret.reveal().to_owned(),
            client_id: start.secrets.fin_client_id,
            client_secret: start.secrets.fin_client_secret.reveal().to_owned(),
        }
    }

    /// Another instance on the same store.
    pub(crate) fn beside(&self, options: HttpOptions) -> Self {
        Self {
            faces: Rc::new(routes(self.helpdesk.clone(), options)),
            helpdesk: self.helpdesk.clone(),
            clock: Arc::clone(&self.clock),
            token: self.token.clone(),
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.clone(),
        }
    }

    /// A world over a store that does what a test says, and knows one token.
    pub(crate) fn over_mock(expect: impl FnOnce(&mut MockStore)) -> Self {
        let mut store = MockStore::new();
        let token = a_token().role(Role::Fin).build();
        store.expect_token().returning(move |_| Ok(Some(token.clone())));
        expect(&mut store);
        // What the test expects comes first.
        store.expect_thread_version().returning(|_| Ok(None));
        let clock = Arc::new(FixedClock::at(moment(0)));
        let access = AccessOptions { token_lifetime_s: 3_600, cached_tokens: 100 };
        let ids = Arc::new(SequentialIds::default());
        let helpdesk = Helpdesk::new(Arc::new(store), clock.clone(), ids, &access);
        let options = HttpOptions { page_size: 2.try_into().unwrap(), ..HttpOptions::default() };
        Self {
            faces: Rc::new(routes(helpdesk.clone(), options)),
            helpdesk,
            clock,
            token: "dpt_any".to_owned(),
            client_id: "client_any".to_owned(),
            client_secret: "dps_any".to_owned(),
        }
    }

    /// A request to the Fin face that shows the token.
    pub(crate) fn fin(&self, method: Method, path: &str) -> TestRequest {
        TestRequest::default()
            .method(method)
            .uri(&format!("{FIN}{path}"))
            .insert_header(("Authorization", format!("Bearer {}", self.token)))
            .insert_header(("X-Request-Id", "test"))
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.fin(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, json: impl AsRef<str>) -> Answer {
        self.send_json(Method::POST, path, json.as_ref()).await
    }

    pub(crate) async fn put(&self, path: &str, json: impl AsRef<str>) -> Answer {
        self.send_json(Method::PUT, path, json.as_ref()).await
    }

    pub(crate) async fn send_json(&self, method: Method, path: &str, json: &str) -> Answer {
        let request = self.fin(method, path).insert_header(("Content-Type", "application/json"));
        self.send(request.set_payload(json.to_owned())).await
    }

    pub(crate) async fn send(&self, request: TestRequest) -> Answer {
        let faces = Rc::clone(&self.faces);
        let app = test::init_service(App::new().configure(|config| faces(config))).await;
        let (_, response) = test::call_service(&app, request.to_request()).await.into_parts();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body()).await;
        let whole = body.is_ok();
        Answer { status, headers, body: body.unwrap_or_default().to_vec(), whole }
    }

    /// The user `user_jane`'s id, made over the wire.
    pub(crate) async fn given_a_user(&self) -> String {
        let user = self.post("/user", r#"{"name":"Jane Doe","object_id":"u1"}"#).await;
        user.json()["id"].as_str().unwrap().to_owned()
    }

    /// A user and a conversation of that user, with one message.
    pub(crate) async fn given_a_conversation(&self) -> (String, String) {
        let user = self.given_a_user().await;
        let json = format!(
            r#"{{"user_id":"{user}","object_id":"c1","title":"Question about pricing",
                "initial_message":{{"body":"<p>Hi!</p>","object_id":"m1",
                "author":{{"id":"{user}","user_type":"end_user"}}}}}}"#
        );
        let created = self.post("/conversation", json).await;
        let conversation = created.json()["conversation"]["id"].as_str().unwrap().to_owned();
        (user, conversation)
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The problem's type and status, in either variant.
    pub(crate) fn problem(&self) -> (String, u16) {
        let json = self.json();
        let problem = if json["error"].is_object() { &json["error"] } else { &json };
        assert_eq!(problem["status"], self.status.as_u16());
        (problem["type"].as_str().unwrap().to_owned(), self.status.as_u16())
    }

    /// The answer as people read it, for snapshots.
    pub(crate) fn text(&self) -> String {
        let mut headers: Vec<String> =
            self.headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        headers.sort();
        let body = serde_json::from_slice::<Value>(&self.body)
            .map_or_else(|_| String::from_utf8_lossy(&self.body).into_owned(), |json| pretty(&json));
        format!("{}\n{}\n\n{body}\n", self.status, headers.join("\n"))
    }
}

/// JSON as people read it, its members in the order of their names.
pub(crate) fn pretty(json: &Value) -> String {
    format!("{:#}", sorted(json))
}

/// The same JSON with sorted members, whatever features of `serde_json` the build has.
fn sorted(json: &Value) -> Value {
    match json {
        Value::Array(items) => items.iter().map(sorted).collect(),
        Value::Object(members) => {
            let members: BTreeMap<_, _> =
                members.iter().map(|(name, value)| (name.clone(), sorted(value))).collect();
            Value::Object(members.into_iter().collect())
        }
        other => other.clone(),
    }
}

/// Several exchanges in a row, for snapshots.
#[derive(Default)]
pub(crate) struct Transcript(String);

impl Transcript {
    pub(crate) fn add(&mut self, what: &str, answer: &Answer) {
        writeln!(self.0, "### {what}\n{}", answer.text()).unwrap();
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}
