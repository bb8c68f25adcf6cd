//! A server of the contract, written for these tests over plain maps, that can be told to be wrong.

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
use serde_json::{Value, json};
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
        return Ok(token(&site.behavior, header("authorization"), &body));
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
        authorize(&site.behavior, action, header("authorization"))?;
        let signature = (header("x-fin-request-timestamp"), header("x-fin-signature"));
        verify(&site.behavior, signature, if head.method == "GET" { query.as_bytes() } else { &body })?;
        let input = body::read(&site.behavior, &head.method, query, &body)?;
        actions::perform(&site, variant, action, &input).await
    };
    let answer = answer.await;
    Ok(respond(&site.behavior, Some((variant, action)), answer))
}

fn authorize(behavior: &Behavior, action: &str, header: &str) -> Result<(), (u16, String)> {
    let refusal = match () {
        () if behavior.has(Fault::RefusesTokensWith500) => 500,
        () if behavior.chose(Choice::Forbidden) => 403,
        () => 401,
    };
    let refused = Err((refusal, "token refused".to_owned()));
    let Some(token) = header.strip_prefix("Bearer ") else {
        let open = behavior.has(Fault::NoTokenCheck)
            || (behavior.has(Fault::OneOpenEndpoint) && action == "get_messages");
        return if open { Ok(()) } else { refused };
    };
    let good = token == TOKEN
        || behavior.has(Fault::NaiveTokens)
        || behavior.has(Fault::NoTokenCheck)
        || (token == EXPIRED && behavior.has(Fault::ExpiredTokenAccepted));
    if good { Ok(()) } else { refused }
}

fn verify(
    behavior: &Behavior,
    (timestamp, signature): (&str, &str),
    text: &[u8],
) -> Result<(), (u16, String)> {
    if !behavior.verifies || behavior.has(Fault::IgnoresSignature) {
        return Ok(());
    }
    let mut signed = format!("{timestamp}:").into_bytes();
    if behavior.has(Fault::VerifiesReprintedBody) && !text.is_empty() && text[0] == b'{' {
        let reprinted: Value = serde_json::from_slice(text).unwrap_or_default();
        signed.extend_from_slice(reprinted.to_string().as_bytes());
    } else {
        signed.extend_from_slice(text);
    }
    let digest = hmac_sha256::HMAC::mac(&signed, KEY.as_bytes());
    let hex = digest.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let age = timestamp.parse::<u64>().map_or(u64::MAX, |then| epoch_seconds().abs_diff(then));
    let fresh = age < 600 || behavior.has(Fault::StaleSignatureAccepted);
    if hex == signature && fresh { Ok(()) } else { Err((400, "signature".to_owned())) }
}

#[expect(clippy::disallowed_methods, reason = "a server has a clock")]
fn epoch_seconds() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

fn token(behavior: &Behavior, header: &str, body: &[u8]) -> Response<Full<Bytes>> {
    let form = String::from_utf8_lossy(body);
    // Base64 of `fin:reference-client-secret`.
    let basic =
        header == "Basic ZmluOnJlZmVyZW5jZS1jbGllbnQtc2VjcmV0" && !behavior.chose(Choice::SecretInForm);
    let good = basic || form.contains(SECRET) || behavior.has(Fault::AnySecretBringsToken);
    let (status, body) = if good {
        (200, json!({"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600}))
    } else {
        (401, json!({"error": "invalid_client"}))
    };
    let response = Response::builder().status(status).header("content-type", "application/json");
    response.body(Full::new(Bytes::from(body.to_string()))).unwrap()
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
    let content_type = match () {
        () if behavior.has(Fault::WrongContentType) => "text/html",
        () if behavior.chose(Choice::CharsetInContentType) => "application/json; charset=utf-8",
        () => "application/json",
    };
    let response = Response::builder().status(status).header("content-type", content_type);
    response.body(Full::new(Bytes::from(value.to_string()))).unwrap()
}
