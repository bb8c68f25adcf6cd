//! The span that names a request in whatever is logged while it is worked on.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{HttpMessage, HttpRequest, http::Method};
use futures_util::future::poll_fn;
use tracing::{Span, level_filters::LevelFilter};

use crate::{RequestSpans, auth::Admitted, request_id::RequestId};

const NAME: &str = "request";

/// The span of a request, in any case.
pub(crate) fn new(id: &RequestId) -> Span {
    tracing::info_span!(NAME, request.id = %id)
}

/// The span of a request about which little is known, or none if it will not be missed.
pub(super) fn begin(spans: RequestSpans, method: &Method, id: &RequestId) -> Span {
    let is_quiet = spans == RequestSpans::WhereNeeded && method.is_safe();
    if is_quiet && LevelFilter::current() < LevelFilter::DEBUG { Span::none() } else { new(id) }
}

/// The span of the request that is worked on, for what is logged after its handler is done.
pub(crate) fn of(request: &HttpRequest) -> Span {
    let current = Span::current();
    let is_it = current.metadata().is_some_and(|span| span.name() == NAME && span.target() == module_path!());
    match request.extensions().get::<Admitted>() {
        Some(admitted) if !is_it => new(&admitted.id),
        _ => current,
    }
}

/// Works on something within a span. Both are only borrowed: to own them costs a request more.
pub(super) fn within<F: Future>(span: &Span, mut work: Pin<&mut F>) -> impl Future<Output = F::Output> {
    poll_fn(move |context: &mut Context<'_>| -> Poll<F::Output> {
        span.in_scope(|| work.as_mut().poll(context))
    })
}
