//! Receives a server's notifications, as Fin's webhook does.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use reqwest::Method;
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::client::{Exchange, Received, Sent, Watch};

/// A notification is tiny; more is nonsense.
const LARGEST: usize = 64 * 1024;

/// A request that a server sent to Fin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// The method.
    pub method: String,
    /// The path, which ends in the integration's id.
    pub path: String,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// The status with which it was answered.
    pub answered: u16,
}

impl Notification {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body as JSON; null if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// Whose conversation changed.
    pub fn conversation_id(&self) -> Option<String> {
        self.json()["conversation_id"].as_str().map(str::to_owned)
    }

    /// The same as an exchange.
    pub fn to_exchange(&self) -> Exchange {
        let method = Method::from_bytes(self.method.as_bytes()).unwrap_or(Method::POST);
        let mut sent = Sent::new(method, self.path.clone());
        sent.headers.clone_from(&self.headers);
        sent.body.clone_from(&self.body);
        let answer = Received { status: self.answered, headers: Vec::new(), body: String::new(), millis: 0 };
        Exchange { sent, answer: Ok(answer) }
    }

    /// Whether it only says that an agent is typing.
    pub fn is_typing(&self) -> bool {
        self.json()["event_type"] == "agent_typing"
    }
}

/// Listens for notifications until it is dropped.
#[derive(Debug)]
pub struct Listener {
    address: SocketAddr,
    inbox: Arc<Inbox>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Inbox {
    received: Mutex<Vec<Notification>>,
    refusals: AtomicU32,
    /// How many came so far.
    count: watch::Sender<usize>,
    watch: Option<Arc<dyn Watch>>,
}

impl Listener {
    /// Listens at `address`; port 0 takes any that is free.
    ///
    /// # Errors
    /// When the address is taken or not this machine's.
    pub async fn start(address: SocketAddr) -> io::Result<Self> {
        Self::listen(TcpListener::bind(address).await?, Inbox::default())
    }

    /// Listens on `socket`, and shows each notification to `watch` as it comes, with whatever secrets are in it.
    ///
    /// # Errors
    /// When the socket cannot be used.
    pub fn watched(socket: std::net::TcpListener, watch: Arc<dyn Watch>) -> io::Result<Self> {
        socket.set_nonblocking(true)?;
        Self::listen(TcpListener::from_std(socket)?, Inbox { watch: Some(watch), ..Inbox::default() })
    }

    fn listen(socket: TcpListener, inbox: Inbox) -> io::Result<Self> {
        let address = socket.local_addr()?;
        let inbox = Arc::new(inbox);
        let task = tokio::spawn(accept(socket, inbox.clone()));
        Ok(Self { address, inbox, task })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Everything that came so far.
    pub fn received(&self) -> Vec<Notification> {
        self.inbox.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many came so far, and word of each one more.
    pub fn count(&self) -> watch::Receiver<usize> {
        self.inbox.count.subscribe()
    }

    /// Answers the next `count` notifications with 503.
    pub fn refuse_next(&self, count: u32) {
        self.inbox.refusals.store(count, Ordering::Relaxed);
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The connections end with this task: a dropped `JoinSet` aborts its own.
async fn accept(socket: TcpListener, inbox: Arc<Inbox>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = socket.accept().await {
        connections.spawn(serve(stream, inbox.clone()));
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(stream: TcpStream, inbox: Arc<Inbox>) {
    let service = service_fn(|request| receive(request, &inbox));
    // A server that hangs up in the middle has sent no notification.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn receive(request: Request<Incoming>, inbox: &Inbox) -> Result<Response<Empty<Bytes>>, hyper::Error> {
    let (head, body) = request.into_parts();
    let mut answer = Response::new(Empty::new());
    let Ok(body) = Limited::new(body, LARGEST).collect().await else {
        *answer.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
        return Ok(answer);
    };
    let refuse = |left: u32| left.checked_sub(1);
    if inbox.refusals.fetch_update(Ordering::Relaxed, Ordering::Relaxed, refuse).is_ok() {
        *answer.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    }
    let text = |value: &hyper::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let notification = Notification {
        method: head.method.to_string(),
        path: head.uri.to_string(),
        headers: head.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
        body: String::from_utf8_lossy(&body.to_bytes()).into_owned(),
        answered: answer.status().as_u16(),
    };
    if let Some(watch) = &inbox.watch {
        watch.exchange(&notification.to_exchange());
    }
    let mut received = inbox.received.lock().unwrap_or_else(PoisonError::into_inner);
    received.push(notification);
    inbox.count.send_replace(received.len());
    Ok(answer)
}
