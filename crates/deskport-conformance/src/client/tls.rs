//! TLS by rustls and ring, with root certificates of its own: nothing on the machine is needed.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore, crypto::ring};

pub(super) fn config() -> Result<ClientConfig, rustls::Error> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
