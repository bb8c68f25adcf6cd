//! The token endpoint: OAuth 2.0 client credentials (RFC 6749 section 4.4).

mod request;
mod throttle;

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse, Resource,
    http::header,
    web::{self, Data},
};
use deskport_application::IssueTokenError;
use serde::Serialize;

use self::request::TokenRequest;
pub(crate) use self::throttle::Throttle;
use crate::{
    body::{self, BodyLimits},
    problem::Problem,
    state::State,
};

/// Where the endpoint is.
pub(crate) const PATH: &str = "/oauth/token";

/// A request is a few short members.
const LIMITS: BodyLimits = BodyLimits { bytes: 16 * 1024, time: Duration::from_secs(10) };

/// A token, as RFC 6749 section 5.1 writes it.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct TokenAnswer {
    /// The bearer token.
    #[schema(example = "dpt_1f0e…")]
    access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// How long the token works, in seconds.
    #[schema(example = 3600)]
    expires_in: u32,
}

pub(crate) fn resource() -> Resource {
    web::resource(PATH).post(issue)
}

async fn issue(
    state: Data<State>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let _slot = state.slots().take()?;
    let body = body::read(request.headers(), payload.into_inner(), LIMITS).await?;
    let TokenRequest { client_id, client_secret } = request::read(&request, &body)?;

    let (peer, now) = (state.peer(&request), state.helpdesk.now());
    state.throttle.check(peer, &client_id, now)?;
    let issued = state.helpdesk.access.issue_token(&client_id, &client_secret).await;
    if matches!(issued, Err(IssueTokenError::InvalidClient)) {
        state.throttle.count_failure(peer, &client_id, now);
    }
    let issued = issued?;
    let answer = TokenAnswer {
        access_token: issued.secret.reveal().to_owned(),
        token_type: "Bearer",
        expires_in: issued.expires_in_s,
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::PRAGMA, "no-cache"))
        .json(answer))
}
