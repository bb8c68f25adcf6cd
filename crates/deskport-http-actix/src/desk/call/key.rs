//! The header by which a repeated create is known.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use deskport_wire::Invalid;

use crate::problem::Problem;

/// The header's name.
const HEADER: &str = "Idempotency-Key";

/// The longest key.
const MAX_LENGTH: usize = 255;

/// The caller's own name for what the request creates, if it gives one.
pub(in crate::desk) struct IdempotencyKey(pub(in crate::desk) Option<String>);

impl FromRequest for IdempotencyKey {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request).map_err(Problem::from))
    }
}

fn read(request: &HttpRequest) -> Result<IdempotencyKey, Invalid> {
    let mut given = request.headers().get_all(HEADER);
    let Some(key) = given.next() else { return Ok(IdempotencyKey(None)) };
    let text = key.to_str().ok().filter(|text| {
        (1..=MAX_LENGTH).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
    });
    match (text, given.next()) {
        (Some(text), None) => Ok(IdempotencyKey(Some(text.to_owned()))),
        _ => Err(Invalid::field(HEADER, "must be one key of 1 to 255 visible ASCII characters")),
    }
}
