//! Request bodies: of the right type, not too large, not too slow, and read once.

use std::time::Duration;

use actix_web::{
    HttpMessage, HttpRequest,
    dev::Payload,
    error::PayloadError,
    http::header::{self, HeaderMap},
    rt::time::timeout,
};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;

use crate::problem::{Kind, Problem};

/// The longest body of a refused request that is read all the same.
const SKIPPED_BYTES: u64 = 64 * 1024;
/// How long such a body is waited for.
const SKIPPED_TIME: Duration = Duration::from_secs(1);

/// What a body may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BodyLimits {
    pub(crate) bytes: usize,
    pub(crate) time: Duration,
}

/// Refuses a body whose content type or content coding says that it is no plain JSON. A body that
/// says nothing of itself is taken for JSON.
pub(crate) fn expect_json(request: &HttpRequest) -> Result<(), Problem> {
    expect_uncoded(request.headers())?;
    // What everybody sends needs no reading.
    if request.headers().get(header::CONTENT_TYPE).is_some_and(|said| said == "application/json") {
        return Ok(());
    }
    let refuse = || Problem::new(Kind::UnsupportedMediaType);
    let Some(mime) = request.mime_type().map_err(|_| refuse())? else { return Ok(()) };
    let is_json = mime.type_() == "application"
        && (mime.subtype() == "json" || mime.suffix().is_some_and(|suffix| suffix == "json"));
    let is_utf8 = mime.get_param("charset").is_none_or(|charset| charset == "utf-8");
    if is_json && is_utf8 { Ok(()) } else { Err(refuse()) }
}

/// Refuses a compressed body.
pub(crate) fn expect_uncoded(headers: &HeaderMap) -> Result<(), Problem> {
    match headers.get(header::CONTENT_ENCODING) {
        Some(coding) if !coding.as_bytes().eq_ignore_ascii_case(b"identity") => {
            Err(Problem::new(Kind::UnsupportedMediaType).because("content codings are not supported"))
        }
        _ => Ok(()),
    }
}

/// Reads a whole body. One that says beforehand that it is too large is not read at all.
pub(crate) async fn read(
    headers: &HeaderMap,
    payload: Payload,
    limits: BodyLimits,
) -> Result<Bytes, Problem> {
    if announced(headers).is_some_and(|length| length > limits.bytes as u64) {
        return Err(too_large(limits.bytes));
    }
    timeout(limits.time, collect(payload, limits.bytes)).await.map_err(|_| Problem::new(Kind::SlowBody))?
}

/// Reads and forgets the body of a request that is refused, if it is a short one: actix closes a
/// connection on which a body was not read, and to open another costs both sides more than the answer.
pub(crate) async fn skip(headers: &HeaderMap, mut payload: Payload) {
    if announced(headers).is_some_and(|length| (1..=SKIPPED_BYTES).contains(&length)) {
        let all = async { while let Some(Ok(_)) = payload.next().await {} };
        // One that does not come ends with its connection.
        let _too_slow = timeout(SKIPPED_TIME, all).await;
    }
}

/// The length that the body says it has.
fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Puts the pieces together; a body that comes in one piece is not copied.
async fn collect(mut payload: Payload, limit: usize) -> Result<Bytes, Problem> {
    let Some(first) = payload.next().await else { return Ok(Bytes::new()) };
    let first = first.map_err(|error| unreadable(&error))?;
    let Some(second) = payload.next().await else { return within(first, limit) };

    let mut body = BytesMut::from(first);
    let mut next = Some(second);
    while let Some(piece) = next {
        body.extend_from_slice(&piece.map_err(|error| unreadable(&error))?);
        if body.len() > limit {
            return Err(too_large(limit));
        }
        next = payload.next().await;
    }
    Ok(body.freeze())
}

fn within(body: Bytes, limit: usize) -> Result<Bytes, Problem> {
    if body.len() > limit { Err(too_large(limit)) } else { Ok(body) }
}

fn too_large(limit: usize) -> Problem {
    Problem::new(Kind::BodyTooLarge).because(format!("the body must not be longer than {limit} bytes"))
}

fn unreadable(error: &PayloadError) -> Problem {
    match error {
        PayloadError::Overflow => Problem::new(Kind::BodyTooLarge),
        _ => Problem::new(Kind::BadRequest).because("the body ended too early or is badly framed"),
    }
}
