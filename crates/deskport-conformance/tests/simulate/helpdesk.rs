//! A helpdesk in memory, variant P and the desk's API, which can be told to be wrong.

mod actions;
mod desk;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use deskport_conformance::Variant;
use deskport_conformance::client::Access;
use deskport_conformance::simulate::{Begin, DeskAccess, Inbox, SimulateOptions};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const DESK_TOKEN: &str = "the-token-of-the-desk";

/// One way to be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    StoresRepeats,
    ForgetsMessages,
    NewestFirst,
    SortsByMoment,
    NeverTells,
    SkipsOneAfter,
    ListsTwice,
    RewritesBodies,
    ForgetsStatus,
    TurnsPublic,
    FailsAlways,
}

/// What the helpdesk holds, and who is told of it.
#[derive(Debug, Default)]
pub(crate) struct Data {
    users: Vec<Value>,
    conversations: Vec<Conversation>,
    /// Kind and Fin's id, and what came of it.
    known: Vec<(String, String, Value)>,
    numbers: u32,
    webhook: Option<String>,
    /// Every call of Fin's: path and body.
    pub(crate) calls: Vec<(String, String)>,
}

#[derive(Debug, Clone, Default)]
struct Conversation {
    members: Value,
    messages: Vec<Value>,
}

/// A running helpdesk; stops when it is dropped.
#[derive(Debug)]
pub(crate) struct Helpdesk {
    address: SocketAddr,
    site: Arc<Site>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Site {
    wrong: Option<Wrong>,
    data: Mutex<Data>,
}

impl Site {
    fn is(&self, wrong: Wrong) -> bool {
        self.wrong == Some(wrong)
    }

    fn lock(&self) -> MutexGuard<'_, Data> {
        self.data.lock().unwrap()
    }
}

impl Helpdesk {
    pub(crate) async fn start(wrong: Option<Wrong>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let site = Arc::new(Site { wrong, data: Mutex::default() });
        let served = site.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let site = served.clone();
                let service = service_fn(move |request| serve(site.clone(), request));
                let connection = hyper::server::conn::http1::Builder::new();
                tokio::spawn(connection.serve_connection(TokioIo::new(stream), service));
            }
        });
        Self { address, site, task }
    }

    /// What a simulation is told about this helpdesk, which tells it of its changes.
    pub(crate) fn options(&self) -> SimulateOptions {
        let access = Access::ClientCredentials {
            token_url: format!("http://{}/token", self.address),
            client_id: "fin".to_owned(),
            client_secret: "the-secret-of-fin".to_owned(),
        };
        let url = format!("http://{}/fin", self.address);
        let options = SimulateOptions::new(&url, Variant::P, access).unwrap();
        let url = format!("http://{}/desk", self.address);
        let mut inbox = Inbox::bind("127.0.0.1:0".parse().unwrap()).unwrap();
        inbox.patience = Duration::from_secs(2);
        inbox.debounce = Duration::from_millis(10);
        self.site.lock().webhook = Some(inbox.url());
        SimulateOptions {
            desk: Some(DeskAccess { url, token: DESK_TOKEN.to_owned() }),
            inbox: Some(inbox),
            begin: Begin::At(Duration::from_secs(1_761_575_401)),
            run: "1761575400".to_owned(),
            ..options
        }
    }

    pub(crate) fn calls(&self) -> Vec<(String, String)> {
        self.site.lock().calls.clone()
    }
}

impl Drop for Helpdesk {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(site: Arc<Site>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let (head, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let (path, text) = (head.uri.path().to_owned(), String::from_utf8_lossy(&body).into_owned());
    let input: Value = serde_json::from_str(&text).unwrap_or_default();
    let token = head.headers.get("authorization").map_or("", |value| value.to_str().unwrap_or_default());
    let (status, value) = match path.trim_start_matches('/').split_once('/') {
        None => (200, json!({"access_token": "the-good-token", "token_type": "Bearer"})),
        Some(("desk", _)) if token != format!("Bearer {DESK_TOKEN}") => (401, Value::Null),
        Some(("desk", rest)) => desk::perform(&site, head.method.as_str(), rest, &input),
        Some((_, action)) => {
            site.lock().calls.push((action.to_owned(), text));
            if token == "Bearer the-good-token" {
                actions::perform(&site, action, &input)
            } else {
                (401, Value::Null)
            }
        }
    };
    let response = Response::builder().status(status).header("content-type", "application/json");
    Ok(response.body(Full::new(Bytes::from(value.to_string()))).unwrap())
}
