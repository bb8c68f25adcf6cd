//! How attempts share connections.

use super::given::patient;
use super::{Make, Reply};

/// Attempts after one another do not need a connection each.
pub async fn connections_are_used_again(make: Make<'_>) {
    const ATTEMPTS: usize = 20;
    let replies = [Reply::status(200), Reply::status(503)].into_iter().cycle().take(ATTEMPTS);
    let (listener, transport) = patient(make, replies).await;
    for _ in 0..ATTEMPTS {
        let _taken_or_not = transport.attempt().await;
    }
    let heard = listener.heard();
    assert_eq!(heard.len(), ATTEMPTS);
    // A connection may come back a moment too late for the next attempt, but not each time.
    assert!(heard[ATTEMPTS - 1].connection < ATTEMPTS);
}

/// One attempt that hangs holds up no other.
pub async fn attempts_do_not_wait_for_each_other(make: Make<'_>) {
    let (listener, transport) = patient(make, [Reply::Silence]).await;
    let slow = transport.clone();
    let slow = tokio::spawn(async move { slow.attempt().await });
    listener.until_heard(1).await;
    assert!(transport.attempt().await.is_ok());
    assert!(!slow.is_finished());
    slow.abort();
}

/// After a failure the same transport works.
pub async fn a_broken_connection_does_not_break_the_next_attempt(make: Make<'_>) {
    for fault in [Reply::Close, Reply::Cut(200), Reply::Reset(200), Reply::Noise] {
        let (_listener, transport) = patient(make, [fault]).await;
        assert!(transport.attempt().await.is_err());
        assert_eq!(transport.attempt().await.unwrap().status, 200);
    }
}

/// Who stops waiting for an attempt closes its connection.
pub async fn an_attempt_that_is_given_up_leaves(make: Make<'_>) {
    let (listener, transport) = patient(make, [Reply::Silence]).await;
    let attempt = tokio::spawn(async move { transport.attempt().await });
    listener.until_heard(1).await;
    attempt.abort();
    listener.until_ended(1).await;
}
