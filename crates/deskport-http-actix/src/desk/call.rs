//! What a request to the desk face says: in its path, its query, its body, its headers.

mod asked;
mod key;

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use bytes::Bytes;
use deskport_domain::InvalidId;
use deskport_wire::{FieldError, Invalid, parse};
use futures_util::{FutureExt, future::LocalBoxFuture};
use serde::de::DeserializeOwned;

pub(super) use self::{asked::Asked, key::IdempotencyKey};
use crate::{
    body::{self, BodyLimits},
    problem::{Kind, Problem},
    state::State,
};

/// A request's body.
pub(super) struct Said(Bytes);

impl Said {
    /// What the body says.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        Ok(parse(&self.0)?)
    }
}

impl FromRequest for Said {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        async move {
            let state = request.app_data::<Data<State>>().ok_or_else(|| Problem::new(Kind::Internal))?;
            let limits =
                BodyLimits { bytes: state.options.body_limit_bytes, time: state.options.body_timeout };
            body::expect_json(&request)?;
            Ok(Self(body::read(request.headers(), payload, limits).await?))
        }
        .boxed_local()
    }
}

/// The id of something that must be there already: what is no id names nothing.
pub(super) fn existing<T>(
    raw: &str,
    parse: fn(&str) -> Result<T, InvalidId>,
    unknown: Kind,
) -> Result<T, Problem> {
    parse(raw).map_err(|_| Problem::new(unknown))
}

/// An id that the request gives.
pub(super) fn given<T>(
    field: &str,
    raw: &str,
    parse: fn(&str) -> Result<T, InvalidId>,
) -> Result<T, Invalid> {
    parse(raw).map_err(|reason| Invalid::field(field, reason))
}

/// All that is wrong with a request, field by field.
#[derive(Default)]
pub(super) struct Faults(Vec<FieldError>);

impl Faults {
    /// The part if it is right; what is wrong with it is remembered.
    pub(super) fn note<T>(&mut self, part: Result<T, Invalid>) -> Option<T> {
        part.map_err(|invalid| self.0.extend(invalid.errors)).ok()
    }

    /// Refuses the request if anything is wrong with it.
    pub(super) fn refuse(self) -> Result<(), Invalid> {
        if self.0.is_empty() { Ok(()) } else { Err(Invalid { errors: self.0 }) }
    }
}
