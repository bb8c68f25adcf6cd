//! Who is trusted, and who is not.

use std::net::Ipv4Addr;

use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::*;

/// A certificate that vouches for itself, and its key.
fn certificate(name: &str) -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    (made.cert.into(), key)
}

/// Answers 200 to one request over TLS; tells its URL.
async fn server((certificate, key): (CertificateDer<'static>, PrivateKeyDer<'static>)) -> String {
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("https://localhost:{}", socket.local_addr().unwrap().port());
    tokio::spawn(async move {
        let (stream, _) = socket.accept().await.unwrap();
        let Ok(mut stream) = TlsAcceptor::from(Arc::new(config)).accept(stream).await else { return };
        let _read = stream.read(&mut [0; 4096]).await.unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.unwrap();
    });
    url
}

#[tokio::test]
async fn a_certificate_below_a_known_root_is_trusted() {
    let (certificate, key) = certificate("localhost");
    let mut roots = RootCertStore::empty();
    roots.add(certificate.clone()).unwrap();
    let url = server((certificate, key)).await;
    let answer = trusting(roots.into(), CallLimits::default()).unwrap().post(url).send().await.unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let url = server(certificate("localhost")).await;
    let error = client(CallLimits::default()).unwrap().post(url).send().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
}

#[tokio::test]
async fn a_certificate_for_another_host_is_refused() {
    let (certificate, key) = certificate("desk.example.com");
    let mut roots = RootCertStore::empty();
    roots.add(certificate.clone()).unwrap();
    let url = server((certificate, key)).await;
    let error = trusting(roots.into(), CallLimits::default()).unwrap().post(url).send().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
}

#[test]
fn there_are_roots_on_every_machine() {
    assert!(roots().len() >= webpki_roots::TLS_SERVER_ROOTS.len());
    assert!(!webpki_roots::TLS_SERVER_ROOTS.is_empty());
}
