//! What becomes of attempts without a whole answer.

use std::net::Ipv4Addr;

use deskport_ports::{Accepted, TransportError};
use tokio::net::TcpListener;

use super::given::{impatient, patient, target};
use super::{Make, Reply};

/// Where nobody listens, nobody is reached.
pub async fn nobody_there_is_unreachable(make: Make<'_>) {
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let transport = make(&target(format!("http://{}", socket.local_addr().unwrap())));
    drop(socket);
    assert_unreachable(&transport.attempt().await);
}

/// Who answers nothing is waited for until the time limit.
pub async fn silence_ends_by_the_time_limit(make: Make<'_>) {
    let (_listener, transport) = impatient(make, [Reply::Silence]).await;
    assert_timed_out(&transport.attempt().await);
}

/// Who begins an answer is not waited for any longer.
pub async fn half_an_answer_ends_by_the_time_limit(make: Make<'_>) {
    let (_listener, transport) = impatient(make, [Reply::Half(200)]).await;
    assert_timed_out(&transport.attempt().await);
}

/// A connection that closes before the answer leaves the other side unreached.
pub async fn a_connection_that_closes_is_unreachable(make: Make<'_>) {
    let (listener, transport) = patient(make, [Reply::Close]).await;
    assert_unreachable(&transport.attempt().await);
    assert_eq!(listener.heard().len(), 1);
}

/// A success counts when it arrives whole.
pub async fn an_answer_that_breaks_off_is_no_success(make: Make<'_>) {
    for fault in [Reply::Cut(200), Reply::Reset(200)] {
        let (listener, transport) = patient(make, [fault]).await;
        assert_unreachable(&transport.attempt().await);
        assert_eq!(listener.heard().len(), 1);
    }
}

/// A refusal is one as soon as its status is there.
pub async fn a_refusal_that_breaks_off_keeps_its_status(make: Make<'_>) {
    let (_listener, transport) = patient(make, [Reply::Cut(410)]).await;
    let outcome = transport.attempt().await;
    assert!(matches!(outcome, Err(TransportError::Refused { status: 410, .. })), "{outcome:?}");
}

/// Who speaks another language is not reached.
pub async fn an_answer_that_is_not_http_is_unreachable(make: Make<'_>) {
    let (_listener, transport) = patient(make, [Reply::Noise]).await;
    assert_unreachable(&transport.attempt().await);
}

/// An answer whose head has no end is none, and the transport leaves.
pub async fn an_endless_head_is_unreachable(make: Make<'_>) {
    let (listener, transport) = patient(make, [Reply::EndlessHead]).await;
    assert_unreachable(&transport.attempt().await);
    listener.until_ended(1).await;
}

fn assert_unreachable(outcome: &Result<Accepted, TransportError>) {
    assert!(matches!(outcome, Err(TransportError::Unreachable(_))), "{outcome:?}");
}

fn assert_timed_out(outcome: &Result<Accepted, TransportError>) {
    assert!(matches!(outcome, Err(TransportError::TimedOut)), "{outcome:?}");
}
