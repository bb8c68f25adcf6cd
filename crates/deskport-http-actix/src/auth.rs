//! The door of the faces: a place, a token, a rate. Nothing of the body is read before.

use actix_web::{
    Error, HttpMessage,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderMap},
    middleware::Next,
    web::Data,
};
use deskport_application::{Caller, Role};

use crate::{
    limit::Wait,
    problem::{Kind, Problem},
    state::{Slot, State},
};

/// The longest token that is looked at.
const MAX_TOKEN: usize = 512;

/// Lets a request in, or answers it at the door. Handlers find the [`Caller`] and, to hold it for
/// as long as they stream, the [`Slot`] among the request's extensions.
pub(crate) async fn admit(
    role: Role,
    state: Data<State>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match check(role, &state, request.headers()).await {
        Ok((slot, caller)) => {
            request.extensions_mut().insert(slot);
            request.extensions_mut().insert(caller);
            Ok(next.call(request).await?.map_into_boxed_body())
        }
        Err(problem) => Ok(request.error_response(problem)),
    }
}

async fn check(role: Role, state: &State, headers: &HeaderMap) -> Result<(Slot, Caller), Problem> {
    let slot = state.take_slot()?;
    let caller = state.helpdesk.access.authenticate(bearer(headers)?).await?;
    if caller.role != role {
        return Err(Problem::wrong_role(role));
    }
    if let Some(rate) = &state.rate {
        let now = state.helpdesk.now();
        rate.take(&caller.token_id.as_str().into(), now)
            .map_err(|Wait(seconds)| Problem::new(Kind::TooManyRequests).retry_after(seconds))?;
    }
    Ok((slot, caller))
}

/// The token that the request shows.
pub(crate) fn bearer(headers: &HeaderMap) -> Result<&str, Problem> {
    let mut shown = headers.get_all(header::AUTHORIZATION);
    let (Some(credentials), None) = (shown.next(), shown.next()) else {
        return Err(Problem::new(Kind::MissingToken));
    };
    let credentials = credentials.to_str().unwrap_or_default();
    let (scheme, token) = credentials.split_once(' ').unwrap_or((credentials, ""));
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Problem::new(Kind::MissingToken));
    }
    let token = token.trim_matches(' ');
    let readable =
        (1..=MAX_TOKEN).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic());
    if readable { Ok(token) } else { Err(Problem::new(Kind::InvalidToken).because("this is no token")) }
}
