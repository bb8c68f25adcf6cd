//! The HTTP client: time limits, TLS, and nothing that happens by itself.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use deskport_ports::BoxError;
use reqwest::{Client, redirect::Policy};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use tracing::debug;

/// How long an unused connection stays open: less than most servers wait.
const IDLE: Duration = Duration::from_secs(30);

/// Whom clients trust, read once.
static ROOTS: LazyLock<Arc<RootCertStore>> = LazyLock::new(|| Arc::new(roots()));

/// How long an attempt may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallLimits {
    /// Until there is a connection, TLS included.
    pub connect: Duration,
    /// Until the end of the answer, connecting included.
    pub whole: Duration,
}

/// The client could not be put together.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client cannot start")]
pub struct StartError(#[source] BoxError);

/// 5 seconds to connect, 15 seconds in all.
impl Default for CallLimits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), whole: Duration::from_secs(15) }
    }
}

/// A client that keeps connections open, follows no redirect and uses no proxy.
pub(crate) fn client(limits: CallLimits) -> Result<Client, StartError> {
    trusting(Arc::clone(&ROOTS), limits)
}

fn trusting(roots: Arc<RootCertStore>, limits: CallLimits) -> Result<Client, StartError> {
    let tls = tls(roots).map_err(|error| StartError(error.into()))?;
    Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent(concat!("deskport/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .referer(false)
        .no_proxy()
        .connect_timeout(limits.connect)
        .timeout(limits.whole)
        .pool_idle_timeout(IDLE)
        .build()
        .map_err(|error| StartError(error.into()))
}

fn tls(roots: Arc<RootCertStore>) -> Result<ClientConfig, rustls::Error> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// Those built in, and those of the machine, if it has any.
fn roots() -> RootCertStore {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let machine = rustls_native_certs::load_native_certs();
    let (taken, left) = roots.add_parsable_certificates(machine.certs);
    debug!(taken, left, failures = machine.errors.len(), "Read the machine's root certificates");
    roots
}

#[cfg(test)]
mod tests;
