//! Calls a server as Fin does, and keeps what was sent and what came back.

mod access;
pub mod answer;
mod call;
mod endpoint;
mod exchange;
pub mod request;
mod secrets;
mod signature;
mod tls;
mod watch;

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use deskport_wire::Variant;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use thiserror::Error;

pub use access::Access;
use access::Proof;
pub(crate) use access::form_encode;
pub use call::{Call, Credential, Signing};
pub use endpoint::{Endpoint, EndpointFile, Endpoints, EndpointsError};
pub use exchange::{Exchange, Received, Sent};
pub use secrets::Secrets;
pub use signature::{DigestEncoding, Signer};
pub use watch::Watch;

/// How often a server may ask to slow down.
const PATIENCE: usize = 3;

/// How a client reaches a server.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// Which published form the server speaks.
    pub variant: Variant,
    /// Where its endpoints are.
    pub endpoints: Endpoints,
    /// How a token is obtained.
    pub access: Access,
    /// Signs each request, if the server has a signing key.
    pub signer: Option<Signer>,
    /// How long to wait for an answer.
    pub timeout: Duration,
    /// Root certificates in PEM, beside the usual ones.
    pub roots: Option<String>,
}

/// Speaks one variant of the API to one server.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    options: Arc<ClientOptions>,
    token: Arc<tokio::sync::Mutex<Option<String>>>,
    secrets: Secrets,
    watch: Option<Arc<dyn Watch>>,
}

/// Why there is no client.
#[derive(Debug, Error)]
pub enum ClientError {
    /// TLS could not be set up.
    #[error("TLS could not be set up")]
    Tls(#[from] rustls::Error),
    /// The root certificates are not PEM.
    #[error("the root certificates cannot be read")]
    Roots(#[from] rustls::pki_types::pem::Error),
    /// The HTTP client could not be built.
    #[error("the HTTP client could not be built")]
    Http(#[from] reqwest::Error),
}

impl Client {
    /// A client for the server that `options` describe.
    ///
    /// # Errors
    /// [`ClientError`] when TLS or the HTTP client cannot be set up.
    pub fn new(options: ClientOptions) -> Result<Self, ClientError> {
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::config(options.roots.as_deref())?)
            .redirect(reqwest::redirect::Policy::none())
            .timeout(options.timeout)
            .user_agent("deskport-conformance")
            .build()?;
        let secrets = Secrets::default();
        options.access.secrets().for_each(|secret| secrets.add(secret));
        if let Some(signer) = &options.signer {
            secrets.add(signer.key());
        }
        Ok(Self { http, options: Arc::new(options), token: Arc::default(), secrets, watch: None })
    }

    /// The same, which shows each exchange to `watch` as it happens, without secrets.
    #[must_use]
    pub fn watched_by(mut self, watch: Arc<dyn Watch>) -> Self {
        self.watch = Some(watch);
        self
    }

    /// The variant that this client speaks.
    pub fn variant(&self) -> Variant {
        self.options.variant
    }

    /// How this client obtains its token.
    pub fn access(&self) -> &Access {
        &self.options.access
    }

    /// Whether this client signs its requests.
    pub fn signs(&self) -> bool {
        self.options.signer.is_some()
    }

    /// What must not be shown.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// Makes `call`. As Fin does, a refused token is replaced, where one can be fetched, and the call repeated once.
    pub async fn send(&self, call: &Call) -> Exchange {
        let Credential::Good = call.credential else {
            return self.send_once(call, call.credential.token()).await;
        };
        let token = match self.token().await {
            Ok(token) => token,
            Err(exchange) => return *exchange,
        };
        let exchange = self.send_once(call, token.as_deref()).await;
        if !exchange.refuses_token() || !self.options.access.can_fetch() {
            return exchange;
        }
        self.forget_token().await;
        match self.token().await {
            Ok(token) => self.send_once(call, token.as_deref()).await,
            Err(exchange) => *exchange,
        }
    }

    /// Makes `call` with `token` and takes whatever comes.
    pub async fn send_once(&self, call: &Call, token: Option<&str>) -> Exchange {
        let url = self.options.endpoints.url(self.options.variant, call.endpoint);
        let mut sent = call.prepare(self.options.variant, url);
        if let Some(token) = token {
            sent.set_header(AUTHORIZATION.as_str(), &format!("Bearer {token}"));
        }
        if let Some(signer) = &self.options.signer {
            signer.sign(&mut sent, call.signing, epoch_seconds());
        }
        self.transmit(sent).await
    }

    /// The token in use; fetched if there is none yet.
    ///
    /// # Errors
    /// The exchange with the token endpoint, if that brought none.
    pub async fn token(&self) -> Result<Option<String>, Box<Exchange>> {
        match &self.options.access {
            Access::Open => Ok(None),
            Access::Fixed(token) => Ok(Some(token.clone())),
            Access::ClientCredentials { .. } => {
                let mut held = self.token.lock().await;
                if held.is_none() {
                    let (exchange, token) = self.fetch_token().await;
                    *held = Some(token.ok_or_else(|| Box::new(exchange))?);
                }
                Ok(held.clone())
            }
        }
    }

    /// Forgets the token, so that the next call fetches one.
    pub async fn forget_token(&self) {
        *self.token.lock().await = None;
    }

    /// Holds `token` from now on, whatever it is worth.
    pub async fn hold_token(&self, token: impl Into<String>) {
        *self.token.lock().await = Some(token.into());
    }

    /// Asks the token endpoint for a token, with the credentials given.
    pub async fn fetch_token(&self) -> (Exchange, Option<String>) {
        self.fetch_token_with(None).await
    }

    /// Asks the token endpoint for a token, with another secret than the one given.
    pub async fn fetch_token_with(&self, secret: Option<&str>) -> (Exchange, Option<String>) {
        let mut exchange = Exchange::unsent("no token endpoint was given");
        // Which of the two ways to show the secret Fin takes is not stated, so a server may know one only.
        for proof in [Proof::Basic, Proof::Form] {
            let Some(sent) = self.options.access.token_request(secret, proof) else { continue };
            exchange = self.transmit(sent).await;
            if exchange.success().is_some() {
                break;
            }
        }
        let token = granted_token(&exchange);
        self.learn_token(&exchange);
        (exchange, token)
    }

    /// Sends a request as it stands; waits and sends it again when the server asks for that.
    pub async fn transmit(&self, sent: Sent) -> Exchange {
        for _ in 0..PATIENCE {
            let exchange = self.transmit_once(sent.clone()).await;
            match exchange.asked_pause() {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return exchange,
            }
        }
        self.transmit_once(sent).await
    }

    async fn transmit_once(&self, sent: Sent) -> Exchange {
        let start = Instant::now();
        let answer = self.receive(&sent, start).await.map_err(|error| describe(&error));
        let exchange = Exchange { sent, answer };
        if let Some(watch) = &self.watch {
            self.learn_token(&exchange);
            watch.exchange(&self.secrets.cut_exchange(exchange.clone()));
        }
        exchange
    }

    /// A token that is handed out is a secret from the moment it comes.
    fn learn_token(&self, exchange: &Exchange) {
        if let Some(token) = granted_token(exchange) {
            self.secrets.add(&token);
        }
    }

    async fn receive(&self, sent: &Sent, start: Instant) -> Result<Received, reqwest::Error> {
        let mut request = self.http.request(sent.method.clone(), &sent.url);
        for (name, value) in &sent.headers {
            request = request.header(name, value);
        }
        let response = request.body(sent.body.clone()).send().await?;
        let status = response.status().as_u16();
        let text =
            |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers =
            response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let body = response.bytes().await?;
        let millis = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        Ok(Received { status, headers, body: String::from_utf8_lossy(&body).into_owned(), millis })
    }

    /// Sends `call` and hangs up after `patience`, whatever the server has done by then.
    pub async fn abandon(&self, call: &Call, patience: Duration) {
        let _ = tokio::time::timeout(patience, self.send(call)).await;
    }
}

impl Sent {
    /// The header that says what the body is.
    pub(crate) const CONTENT_TYPE: reqwest::header::HeaderName = CONTENT_TYPE;
}

fn granted_token(exchange: &Exchange) -> Option<String> {
    Some(exchange.success()?.json()?.get("access_token")?.as_str()?.to_owned())
}

/// Seconds since 1970: what Fin puts into its requests.
fn epoch_seconds() -> u64 {
    since_epoch().as_secs()
}

/// The time since 1970.
#[expect(clippy::disallowed_methods, reason = "a caller from outside has no clock but the machine's")]
pub(crate) fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// The error and what caused it, in one line.
fn describe(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
