//! A call of the Fin face as it arrived: R's loads speak by their query, all others by their body.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use bytes::Bytes;
use deskport_wire::{Variant, parse, parse_or_default};
use futures_util::{
    FutureExt,
    future::{Either, LocalBoxFuture},
};
use serde::de::DeserializeOwned;

use super::{operation, query};
use crate::{
    body::{self, BodyLimits},
    problem::{Kind, Problem},
    state::State,
};

/// A call whose signature was checked.
pub(super) struct Call {
    /// The variant in which it was made and is to be answered.
    pub(super) variant: Variant,
    pub(super) request: HttpRequest,
    /// Where the query says nothing.
    body: Option<Bytes>,
}

impl Call {
    /// What all requests share, borrowed: to count another owner is to wait for other threads.
    pub(super) fn state(&self) -> Result<&State, Problem> {
        state(&self.request)
    }

    /// What the call asks for.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        match &self.body {
            Some(json) => Ok(parse(json)?),
            None => from_query(&self.request),
        }
    }

    /// The same, where nothing need be said.
    pub(super) fn read_or_default<T: DeserializeOwned + Default>(&self) -> Result<T, Problem> {
        match &self.body {
            Some(json) => Ok(parse_or_default(json)?),
            None => from_query(&self.request),
        }
    }
}

fn from_query<T: DeserializeOwned>(request: &HttpRequest) -> Result<T, Problem> {
    query::read(request.query_string()).ok_or_else(|| {
        Problem::new(Kind::BadRequest).because("the query is unreadable or repeats a parameter")
    })
}

impl FromRequest for Call {
    type Error = Problem;
    /// Only a body is waited for.
    type Future = Either<Ready<Result<Self, Problem>>, LocalBoxFuture<'static, Result<Self, Problem>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if request.method().is_safe() {
            return Either::Left(ready(signed_query(request)));
        }
        Either::Right(signed_body(request.clone(), payload.take()).boxed_local())
    }
}

fn state(request: &HttpRequest) -> Result<&State, Problem> {
    let state = request.app_data::<Data<State>>().ok_or_else(|| Problem::new(Kind::Internal))?;
    Ok(state.get_ref())
}

fn signed_query(request: &HttpRequest) -> Result<Call, Problem> {
    let State { options, helpdesk, .. } = state(request)?;
    options.signature.query(request.headers(), request.query_string(), || helpdesk.now())?;
    // Only R has methods that are safe.
    Ok(Call { variant: Variant::R, request: request.clone(), body: None })
}

async fn signed_body(request: HttpRequest, payload: Payload) -> Result<Call, Problem> {
    let State { options, helpdesk, .. } = state(&request)?;
    let limits = BodyLimits { bytes: options.body_limit_bytes, time: options.body_timeout };
    body::expect_json(&request)?;
    let body = body::read(request.headers(), payload, limits).await?;
    options.signature.body(request.headers(), &body, || helpdesk.now())?;
    Ok(Call { variant: operation::variant_of(request.path()), request, body: Some(body) })
}
