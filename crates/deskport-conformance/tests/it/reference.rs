//! A server of the contract, written for these tests over plain maps, that can be told to be wrong.

mod access;
mod actions;
mod body;
mod clean;
mod fault;
mod notify;
mod state;

use std::net::SocketAddr;
use std::sync::Arc;

use deskport_conformance::Variant;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) use fault::{Choice, Fault};
use state::State;

pub(crate) const TOKEN: &str = "reference-token";
pub(crate) const EXPIRED: &str = "reference-expired-token";
pub(crate) const SECRET: &str = "reference-client-secret";
pub(crate) const KEY: &str = "reference-signing-key";

/// Larger requests are refused.
const LARGEST: usize = 1024 * 1024;

/// How the server behaves.
#[derive(Debug, Clone, Default)]
pub(crate) struct Behavior {
    pub(crate) faults: Vec<Fault>,
    pub(crate) choices: Vec<Choice>,
    /// Whether signatures are verified.
    pub(crate) verifies: bool,
}

impl Behavior {
    fn has(&self, fault: Fault) -> bool {
        self.faults.contains(&fault)
    }

    fn chose(&self, choice: Choice) -> bool {
        self.choices.contains(&choice)
    }
}

/// A running server; stops when it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(behavior: Behavior) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let site = Arc::new(Site { behavior, state: State::default() });
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let site = site.clone();
                let _ = stream.set_nodelay(true);
                tokio::spawn(async move {
                    let service = service_fn(move |request| serve(site.clone(), request));
                    let connection = hyper::server::conn::http1::Builder::new();
                    let _ = connection.serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        Self { address, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/fin", self.address)
    }

    /// Where an agent's change can be asked for.
    pub(crate) fn desk_url(&self) -> String {
        format!("http://{}/desk", self.address)
    }

    pub(crate) fn token_url(&self) -> String {
        format!("http://{}/token", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Site {
    behavior: Behavior,
    state: State,
}

/// What an action answers: a status and a JSON value, or how it failed.
type Answer = Result<(u16, Value), (u16, String)>;

async fn serve(site: Arc<Site>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let (head, body) = request.into_parts();
    let Ok(body) = Limited::new(body, LARGEST).collect().await else {
        return Ok(respond(&site.behavior, None, Err((413, "too large".to_owned()))));
    };
    let body = body.to_bytes();
    let header =
        |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if head.uri.path() == "/token" {
        return Ok(access::token(&site, header("authorization"), &body));
    }
    if head.uri.path() == "/desk" {
        tokio::spawn(notify::tell(site, serde_json::from_slice(&body).unwrap_or_default()));
        return Ok(Response::new(Full::default()));
    }
    let name = head.uri.path().trim_start_matches("/fin/");
    let Some((variant, action)) = body::route(head.method.as_str(), name) else {
        return Ok(respond(&site.behavior, None, Err((404, "no such path".to_owned()))));
    };
    let query = head.uri.query().unwrap_or_default();
    let answer = async {
        access::authorize(&site, action, header("authorization"), &body)?;
        let signature = (header("x-fin-request-timestamp"), header("x-fin-signature"));
        access::verify(
            &site.behavior,
            signature,
            if head.method == "GET" { query.as_bytes() } else { &body },
        )?;
        if site.behavior.has(Fault::RefusesCharset) && header("content-type").contains("charset") {
            return Err((415, "content type".to_owned()));
        }
        let input = body::read(&site.behavior, &head.method, query, &body)?;
        actions::perform(&site, variant, action, &input).await
    };
    let answer = answer.await;
    Ok(respond(&site.behavior, Some((variant, action)), answer))
}

fn respond(behavior: &Behavior, call: Option<(Variant, &str)>, answer: Answer) -> Response<Full<Bytes>> {
    let (mut status, value) = match answer {
        Ok((status, value)) => (status, body::write(behavior, call, value)),
        Err((status, why)) => (status, body::write_error(behavior, call, status, &why)),
    };
    if behavior.has(Fault::ErrorsWith200) && ![200, 201, 401, 403].contains(&status) {
        status = 200;
    }
    if behavior.chose(Choice::ErrorsInEnvelope)
        && matches!(call, Some((Variant::P, _)))
        && [404, 400, 422].contains(&status)
    {
        status = 200;
    }
    if status == 200 && behavior.has(Fault::LoadsAnswer202) {
        status = 202;
    }
    if status == 413 && behavior.has(Fault::FailsOnLargeRequests) {
        status = 500;
    }
    let content_type = match () {
        () if behavior.has(Fault::WrongContentType) => "text/html",
        () if behavior.chose(Choice::CharsetInContentType) => "application/json; charset=utf-8",
        () => "application/json",
    };
    let mut response = Response::builder().status(status).header("content-type", content_type);
    if status == 401 && !behavior.has(Fault::NoChallenge) {
        response = response.header("www-authenticate", "Bearer");
    }
    response.body(Full::new(Bytes::from(value.to_string()))).unwrap()
}
