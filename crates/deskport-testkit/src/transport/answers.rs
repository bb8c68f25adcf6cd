//! What becomes of whole answers.

use std::time::Duration;

use deskport_ports::TransportError;

use super::given::patient;
use super::{Make, Reply};

/// Every 2xx is accepted.
pub async fn every_success_is_accepted(make: Make<'_>) {
    let statuses = [200, 201, 202, 204, 299];
    let (_listener, transport) = patient(make, statuses.map(Reply::status)).await;
    for status in statuses {
        assert_eq!(transport.attempt().await.unwrap().status, status);
    }
}

/// One attempt is one POST, whatever the answer.
pub async fn an_attempt_is_one_request(make: Make<'_>) {
    let (listener, transport) = patient(make, [Reply::status(200), Reply::status(503)]).await;
    let accepted = transport.attempt().await;
    let refused = transport.attempt().await;
    assert!(accepted.is_ok() && refused.is_err());
    let methods: Vec<String> = listener.heard().into_iter().map(|heard| heard.method).collect();
    assert_eq!(methods, ["POST", "POST"]);
}

/// Anything else is a refusal, and told by its status.
pub async fn a_refusal_tells_its_status(make: Make<'_>) {
    let statuses = [304, 400, 401, 403, 404, 408, 409, 410, 413, 422, 425, 429, 500, 502, 503, 504, 599];
    let (listener, transport) = patient(make, statuses.map(Reply::status)).await;
    for status in statuses {
        assert_eq!(refusal(transport.attempt().await), (status, None));
    }
    assert_eq!(listener.heard().len(), statuses.len());
}

/// A redirect is a refusal. Nobody is asked again, neither there nor elsewhere.
pub async fn a_redirect_is_not_followed(make: Make<'_>) {
    let (elsewhere, _) = patient(make, []).await;
    for status in [301, 302, 303, 307, 308] {
        for place in [format!("{}/elsewhere", elsewhere.url()), "/elsewhere".to_owned()] {
            let (listener, transport) = patient(make, [Reply::with_header(status, "location", place)]).await;
            assert_eq!(refusal(transport.attempt().await), (status, None));
            assert_eq!(listener.heard().len(), 1);
        }
    }
    assert_eq!(elsewhere.heard(), []);
}

/// `Retry-After` with seconds is told, whatever the status.
pub async fn a_pause_in_seconds_is_told(make: Make<'_>) {
    for (status, seconds) in [(503, 120), (429, 0), (500, 86_400)] {
        let reply = Reply::with_header(status, "retry-after", seconds.to_string());
        let (_listener, transport) = patient(make, [reply]).await;
        let expected = (status, Some(Duration::from_secs(seconds)));
        assert_eq!(refusal(transport.attempt().await), expected);
    }
}

/// `Retry-After` with a date is told as the time from now, in each of the three forms of HTTP.
pub async fn a_pause_until_a_date_is_told(make: Make<'_>) {
    for date in
        ["Mon, 27 Oct 2025 14:32:00 GMT", "Monday, 27-Oct-25 14:32:00 GMT", "Mon Oct 27 14:32:00 2025"]
    {
        let (_listener, transport) = patient(make, [Reply::with_header(503, "retry-after", date)]).await;
        assert_eq!(refusal(transport.attempt().await), (503, Some(Duration::from_mins(2))));
    }
}

/// A date that is over asks for no pause.
pub async fn a_date_in_the_past_is_no_pause(make: Make<'_>) {
    let date = "Mon, 27 Oct 2025 14:29:59 GMT";
    let (_listener, transport) = patient(make, [Reply::with_header(503, "retry-after", date)]).await;
    let (status, pause) = refusal(transport.attempt().await);
    assert_eq!((status, pause.unwrap_or_default()), (503, Duration::ZERO));
}

/// A `Retry-After` that nobody understands is as good as none.
pub async fn a_pause_that_makes_no_sense_is_left_out(make: Make<'_>) {
    for nonsense in ["soon", "-1", "1.5", "", "99999999999999999999999", "Mon, 99 Oct 2025 14:32:00 GMT"] {
        let (_listener, transport) = patient(make, [Reply::with_header(503, "retry-after", nonsense)]).await;
        assert_eq!(refusal(transport.attempt().await), (503, None), "{nonsense}");
    }
}

/// Of a success with an endless body, the first 64 KiB are enough, and then the transport leaves.
pub async fn a_long_answer_is_not_read_to_its_end(make: Make<'_>) {
    let (listener, transport) = patient(make, [Reply::Endless(200)]).await;
    assert_eq!(transport.attempt().await.unwrap().status, 200);
    listener.until_ended(1).await;
}

/// A refusal with an endless body is still that refusal, and then the transport leaves.
pub async fn a_long_refusal_keeps_its_status(make: Make<'_>) {
    let (listener, transport) = patient(make, [Reply::Endless(500)]).await;
    assert_eq!(refusal(transport.attempt().await), (500, None));
    listener.until_ended(1).await;
}

fn refusal(outcome: Result<deskport_ports::Accepted, TransportError>) -> (u16, Option<Duration>) {
    match outcome {
        Err(TransportError::Refused { status, retry_after }) => (status, retry_after),
        other => panic!("this should have been a refusal: {other:?}"),
    }
}
