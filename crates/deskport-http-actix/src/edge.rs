//! What happens around every request: its id, its log line, its errors, its common headers.

pub(crate) mod span;
mod unread;

use std::{panic::AssertUnwindSafe, pin::pin, time::Instant};

use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::{
        Uri,
        header::{self, HeaderValue},
    },
};
use futures_util::FutureExt;

use self::unread::Unread;
use crate::{
    RequestSpans,
    problem::{Form, Kind, Problem},
    request_id::{self, RequestId},
    trace::{self, Facts},
};

/// The longest path that an answer repeats.
const MAX_INSTANCE: usize = 200;

/// Handles a request of which nobody has seen anything yet; `next` is all that follows.
///
/// `form` tells from the path how errors read, and `next` gets to know the request's id. A handler that
/// panics would take its connection down without an answer, since actix runs it in the connection's own
/// task; here it becomes a 500 like any other.
pub(crate) async fn enter<F, B>(
    form: impl Fn(&str) -> Form,
    spans: RequestSpans,
    mut request: ServiceRequest,
    next: impl FnOnce(ServiceRequest, &RequestId) -> F,
) -> Result<ServiceResponse<BoxBody>, Error>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
    B: MessageBody + 'static,
{
    let started = Instant::now();
    let id = RequestId::of(request.headers());
    let method = request.method().clone();
    let uri = request.uri().clone();
    let unread = Unread::of(&mut request);
    let span = span::begin(spans, &method, &id);

    let work = pin!(AssertUnwindSafe(next(request, &id)).catch_unwind());
    let outcome = span::within(&span, work).await;
    let went_well = matches!(&outcome, Ok(Ok(answered)) if answered.status().is_success());
    let span = if span.is_none() && !went_well { span::new(&id) } else { span };
    let _entered = span.enter();
    let edge = Edge { form, id, uri };
    let (request, response) = match outcome {
        Ok(Ok(answered)) => {
            let (request, response) = answered.into_parts();
            (Some(request), edge.finish(response))
        }
        Ok(Err(error)) => (None, edge.refuse_for(&error)),
        Err(_panic) => (None, edge.refuse(&Problem::new(Kind::Internal).because("a handler panicked"), None)),
    };
    let response = match unread {
        Some(unread) => response.map_body(|_, body| unread.held_by(body)),
        None => response,
    };
    trace::answered(&Facts {
        method: &method,
        request: request.as_ref(),
        status: response.status(),
        started,
    });
    match request {
        Some(request) => Ok(ServiceResponse::new(request, response)),
        None => Err(InternalError::from_response("no request is left to answer", response).into()),
    }
}

/// What is known of a request without looking at it again.
struct Edge<F> {
    form: F,
    id: RequestId,
    /// As it was sent.
    uri: Uri,
}

impl<F: Fn(&str) -> Form> Edge<F> {
    /// The response as it goes out.
    fn finish(&self, response: HttpResponse<impl MessageBody + 'static>) -> HttpResponse {
        let status = response.status();
        if !status.is_client_error() && !status.is_server_error() {
            return self.mark(response.map_into_boxed_body());
        }
        match response.error() {
            Some(error) => self.refuse_for(error),
            None => self.refuse(&Problem::of_status(status), response.headers().get(header::ALLOW)),
        }
    }

    fn refuse_for(&self, error: &Error) -> HttpResponse {
        match error.as_error::<Problem>() {
            Some(problem) => self.refuse(problem, None),
            None => self.refuse(&Problem::of_status(error.as_response_error().status_code()), None),
        }
    }

    fn refuse(&self, problem: &Problem, allow: Option<&HeaderValue>) -> HttpResponse {
        trace::refused(problem);
        let path = self.uri.path();
        let instance: String = path.chars().take(MAX_INSTANCE).collect();
        self.mark(problem.answer((self.form)(path), &self.id, &instance, allow))
    }

    /// Sets the headers that every answer carries.
    fn mark(&self, mut response: HttpResponse) -> HttpResponse {
        let headers = response.headers_mut();
        headers.insert(request_id::HEADER, self.id.to_header());
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        // Hardly any answer has one of its own, which stays.
        let own = headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store")).next();
        if let Some(own) = own {
            headers.insert(header::CACHE_CONTROL, own);
        }
        response
    }
}
