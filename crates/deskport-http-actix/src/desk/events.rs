//! The event stream: everything that happened, for those who follow, also after a break.

mod follower;
mod frame;
mod seats;
mod start;

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse,
    http::header,
    web::{Bytes, Data},
};
use futures_util::{
    StreamExt, future,
    stream::{self, Stream},
};
use tracing::{Instrument, Span};

use self::follower::Follower;
pub(crate) use self::seats::Streams;
use super::call::Asked;
use crate::{
    auth::{self, Admitted},
    edge::span,
    problem::{Kind, Problem},
    state::State,
};

pub(super) async fn follow(
    state: Data<State>,
    request: HttpRequest,
    asked: Asked,
) -> Result<HttpResponse, Problem> {
    let wish = start::read(request.headers(), &asked)?;
    let token_id = request.extensions().get::<Admitted>().map(|admitted| admitted.caller.token_id.clone());
    let token_id = token_id.ok_or_else(|| Problem::new(Kind::Internal))?;
    let seat = state.streams.take_seat(token_id, state.options.events.streams_per_token)?;
    // A stream lasts too long to count as work; its seat bounds it.
    drop(Admitted::take_slot(&request));
    let (position, opening) = start::open(&state.desk.events, wish.after).await?;
    let bearer = auth::bearer(request.headers())?.into();
    let follower = Follower::new(state, bearer, seat, position, wish.with_messages);
    let span = span::of(&request);
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(chunks(opening, follower, span)))
}

/// The opening, then what happens, as fast as the client takes it.
fn chunks(opening: Bytes, follower: Follower, span: Span) -> impl Stream<Item = Result<Bytes, Problem>> {
    let rest = stream::unfold(follower, move |follower| follower.next().instrument(span.clone()));
    stream::once(future::ready(opening)).chain(rest).map(Ok)
}
