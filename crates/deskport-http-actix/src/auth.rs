//! The door of the faces: a place, a token, a rate. Nothing of the body is looked at before.

use std::rc::Rc;

use actix_web::{
    Error, HttpMessage, HttpRequest,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderMap},
    middleware::Next,
    web::Data,
};
use deskport_application::{Caller, Role};

use crate::{
    body,
    limit::Wait,
    problem::{Kind, Problem},
    request_id::RequestId,
    state::State,
    traffic::{Slot, Slots},
};

/// The scheme of authentication (RFC 6750); its name is in any case.
const SCHEME: &[u8] = b"bearer";

/// The longest token that is looked at.
const MAX_TOKEN: usize = 512;

/// What a request that was let in has among its extensions.
#[derive(Debug)]
pub(crate) struct Admitted {
    /// Who is calling.
    pub(crate) caller: Caller,
    /// What the request is called.
    pub(crate) id: RequestId,
    /// The request's place, which is given up when the request is done, or by a handler sooner or
    /// later than that.
    slot: Option<Slot>,
}

impl Admitted {
    /// Takes the place out of a request, to hold it for as long as the handler works.
    pub(crate) fn take_slot(request: &HttpRequest) -> Option<Slot> {
        request.extensions_mut().get_mut::<Self>()?.slot.take()
    }
}

/// A scope's door, in one thread.
pub(crate) struct Door {
    /// Who may enter.
    role: Role,
    state: Data<State>,
    slots: Slots,
}

impl Door {
    pub(crate) fn new(role: Role, state: Data<State>) -> Rc<Self> {
        let slots = state.slots();
        Rc::new(Self { role, state, slots })
    }

    async fn check(&self, headers: &HeaderMap) -> Result<(Caller, Slot), Problem> {
        let Self { role, state, slots } = self;
        let slot = slots.take()?;
        let caller = state.helpdesk.access.authenticate(bearer(headers)?).await?;
        if caller.role != *role {
            return Err(Problem::wrong_role(*role));
        }
        if let Some(rate) = &state.rate {
            let now = state.helpdesk.now();
            rate.take(&caller.token_id.as_str().into(), now)
                .map_err(|Wait(seconds)| Problem::new(Kind::TooManyRequests).retry_after(seconds))?;
        }
        Ok((caller, slot))
    }
}

/// Lets a request in, or answers it at the door. Handlers find it [`Admitted`].
pub(crate) async fn admit(
    door: Rc<Door>,
    id: RequestId,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match door.check(request.headers()).await {
        Ok((caller, slot)) => {
            request.extensions_mut().insert(Admitted { caller, id, slot: Some(slot) });
            Ok(next.call(request).await?.map_into_boxed_body())
        }
        Err(problem) => {
            let payload = request.take_payload();
            body::skip(request.headers(), payload).await;
            Ok(request.error_response(problem))
        }
    }
}

/// The token that the request shows.
pub(crate) fn bearer(headers: &HeaderMap) -> Result<&str, Problem> {
    let mut shown = headers.get_all(header::AUTHORIZATION);
    let (Some(credentials), None) = (shown.next(), shown.next()) else {
        return Err(Problem::new(Kind::MissingToken));
    };
    let shown = after_scheme(credentials.as_bytes()).ok_or_else(|| Problem::new(Kind::MissingToken))?;
    token(shown).ok_or_else(|| Problem::new(Kind::InvalidToken).because("this is no token"))
}

/// What follows the name of the scheme, if it is ours.
fn after_scheme(credentials: &[u8]) -> Option<&[u8]> {
    let (scheme, rest) = credentials.split_at_checked(SCHEME.len())?;
    let is_ours = scheme.eq_ignore_ascii_case(SCHEME) && matches!(rest, [] | [b' ', ..]);
    is_ours.then_some(rest)
}

/// The text without white space around it, if a token may look like it.
fn token(shown: &[u8]) -> Option<&str> {
    let token = shown.trim_ascii();
    // Looks at many bytes at once.
    let is_visible = token.iter().fold(true, |visible, byte| visible & byte.is_ascii_graphic());
    let may_be = is_visible && (1..=MAX_TOKEN).contains(&token.len());
    may_be.then(|| std::str::from_utf8(token).ok()).flatten()
}
