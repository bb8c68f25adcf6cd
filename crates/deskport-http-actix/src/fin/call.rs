//! A call of the Fin face as it arrived: R's loads speak by their query, all others by their body.

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    web::{Data, Query},
};
use bytes::Bytes;
use deskport_wire::{Variant, parse, parse_or_default};
use futures_util::{FutureExt, future::LocalBoxFuture};
use serde::de::DeserializeOwned;

use super::operation;
use crate::{
    body::{self, BodyLimits},
    problem::{Kind, Problem},
    state::State,
};

/// A call whose signature was checked.
pub(super) struct Call {
    /// The variant in which it was made and is to be answered.
    pub(super) variant: Variant,
    said: Said,
}

enum Said {
    Query(String),
    Body(Bytes),
}

impl Call {
    /// What the call asks for.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        match &self.said {
            Said::Body(json) => Ok(parse(json)?),
            Said::Query(query) => from_query(query),
        }
    }

    /// The same, where nothing need be said.
    pub(super) fn read_or_default<T: DeserializeOwned + Default>(&self) -> Result<T, Problem> {
        match &self.said {
            Said::Body(json) => Ok(parse_or_default(json)?),
            Said::Query(query) => from_query(query),
        }
    }
}

fn from_query<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let unreadable =
        || Problem::new(Kind::BadRequest).because("the query is unreadable or repeats a parameter");
    Ok(Query::<T>::from_query(query).map_err(|_| unreadable())?.into_inner())
}

impl FromRequest for Call {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        async move {
            let state = request.app_data::<Data<State>>().ok_or_else(|| Problem::new(Kind::Internal))?;
            let said = if request.method().is_safe() {
                signed_query(state, &request)?
            } else {
                signed_body(state, &request, payload).await?
            };
            Ok(Self { variant: operation::variant_of(request.path()), said })
        }
        .boxed_local()
    }
}

fn signed_query(state: &State, request: &HttpRequest) -> Result<Said, Problem> {
    let query = request.query_string();
    state.options.signature.query(request.headers(), query, state.helpdesk.now())?;
    Ok(Said::Query(query.to_owned()))
}

async fn signed_body(state: &State, request: &HttpRequest, payload: Payload) -> Result<Said, Problem> {
    let options = &state.options;
    let limits = BodyLimits { bytes: options.body_limit_bytes, time: options.body_timeout };
    body::expect_json(request)?;
    let body = body::read(request.headers(), payload, limits).await?;
    options.signature.body(request.headers(), &body, state.helpdesk.now())?;
    Ok(Said::Body(body))
}
