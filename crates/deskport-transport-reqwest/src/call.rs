//! One attempt: a request out, and what its answer means.

use deskport_ports::{Accepted, Clock, TransportError};
use reqwest::{RequestBuilder, Response, header::RETRY_AFTER};

use crate::pause;

/// How much of an answer is read, in bytes. Nobody looks at it; a connection whose answer was read to
/// its end can be used again.
const READ: usize = 64 * 1024;

/// Sends `request` once. A success counts when its answer is whole, or 64 KiB of it have come; a
/// refusal counts as soon as its status is there.
pub(crate) async fn attempt(request: RequestBuilder, clock: &dyn Clock) -> Result<Accepted, TransportError> {
    let mut answer = request.send().await.map_err(unanswered)?;
    let read = read(&mut answer).await;
    let status = answer.status();
    if status.is_success() {
        read.map_err(unanswered)?;
        return Ok(Accepted { status: status.as_u16() });
    }
    let asked = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    let retry_after = asked.and_then(|asked| pause::read(asked, clock.now()));
    Err(TransportError::Refused { status: status.as_u16(), retry_after })
}

async fn read(answer: &mut Response) -> Result<(), reqwest::Error> {
    let mut length = 0;
    while length < READ {
        let Some(chunk) = answer.chunk().await? else { break };
        length += chunk.len();
    }
    Ok(())
}

/// The URL stays out of it: it may hold secrets.
fn unanswered(error: reqwest::Error) -> TransportError {
    if error.is_timeout() {
        TransportError::TimedOut
    } else {
        TransportError::Unreachable(error.without_url().into())
    }
}
