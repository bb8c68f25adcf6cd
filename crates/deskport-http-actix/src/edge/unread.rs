//! Chunked bodies that nobody read to their end must not hold on to their connections.
//!
//! When a handler drops such a body, actix reads and forgets the rest, however long that takes.
//! When the body is still there after the answer, actix closes the connection instead, once the
//! client had a moment to read. So the answer holds the body.

use std::{
    cell::RefCell,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};

use actix_web::{
    HttpMessage,
    body::{BodySize, BoxBody, MessageBody},
    dev::{Payload, ServiceRequest},
    http::header,
    web::Bytes,
};
use futures_util::{StreamExt, stream};

/// A chunked body, shared with whoever reads it.
pub(super) struct Unread {
    _payload: Rc<RefCell<Payload>>,
}

/// An answer that keeps the body of its request until it is sent.
struct Holding {
    answer: BoxBody,
    _unread: Unread,
}

impl Unread {
    /// Takes part in the request's body, if it is a chunked one.
    pub(super) fn of(request: &mut ServiceRequest) -> Option<Self> {
        if !request.headers().contains_key(header::TRANSFER_ENCODING) {
            return None;
        }
        let shared = Rc::new(RefCell::new(request.take_payload()));
        let unread = Self { _payload: Rc::clone(&shared) };
        let read = stream::poll_fn(move |context| shared.borrow_mut().poll_next_unpin(context));
        request.set_payload(Payload::Stream { payload: Box::pin(read) });
        Some(unread)
    }

    pub(super) fn held_by(self, answer: BoxBody) -> BoxBody {
        BoxBody::new(Holding { answer, _unread: self })
    }
}

impl MessageBody for Holding {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.answer.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.answer).poll_next(context)
    }
}
