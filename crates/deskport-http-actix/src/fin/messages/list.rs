//! A list of messages as an answer: at once if it is short, else page by page.

mod written;

use std::mem;

use actix_web::{HttpResponse, web::Bytes};
use deskport_application::{MessagePage, MessageQuery, Messages, Position, SequencedMessage};
use deskport_wire::{Authored, MessageList, Variant};
use futures_util::{
    StreamExt, future,
    stream::{self, Stream},
};
use tracing::{Instrument, Span};

use self::written::Written;
use crate::{
    auth::Admitted,
    edge::span,
    fin::call::Call,
    json,
    problem::Problem,
    shelf::{Authors, Found, List},
    trace,
    traffic::Slot,
};

/// The first buffer's size, where the list is long.
const BUFFER_BYTES: usize = 64 * 1024;

/// A list of which some pages are still to be read.
struct Rest {
    messages: Messages,
    query: MessageQuery,
    list: MessageList,
    /// The request's own, for what the log says of the rest.
    span: Span,
    /// The request counts as worked on until the last page is written.
    _slot: Option<Slot>,
}

/// Reads the first page before anything is sent, so that a failure has its status code.
pub(super) async fn answer(call: &Call, query: MessageQuery) -> Result<HttpResponse, Problem> {
    let (variant, state) = (call.variant, call.state()?);
    let messages = &state.helpdesk.messages;
    let before = match &state.shelf {
        Some(shelf) => match shelf.find(messages, variant, &query).await? {
            Found::List(list) => return Ok(whole(list, variant)),
            Found::Nothing(before) => before.map(|before| (shelf, before)),
        },
        None => None,
    };
    let mut page = messages.page(&query).await?;
    let Some(next) = page.next.take() else {
        let list = List::new(query.after.clone(), variant, page)?;
        let answer = whole(list.after(&query.after).unwrap_or_default(), variant);
        if let Some((shelf, before)) = before {
            shelf.put(messages, (variant, query.conversation), &before, list);
        }
        return Ok(answer);
    };
    let mut json = Vec::with_capacity(BUFFER_BYTES);
    let mut list = MessageList::begin(variant, &mut json);
    write_page(page, &mut list, &mut json)?;
    let query = MessageQuery { after: next, ..query };
    let (span, slot) = (span::of(&call.request), Admitted::take_slot(&call.request));
    let rest = Rest { messages: messages.clone(), query, list, span, _slot: slot };
    Ok(json::ok().streaming(pages(json.into(), rest)))
}

/// What was asked for, as [`List::after`] has it.
fn whole(rest: Bytes, variant: Variant) -> HttpResponse {
    if rest.is_empty() {
        return json::ok().body(MessageList::empty(variant));
    }
    json::ok().body(Written::new(variant, rest))
}

/// The first page, then the others as fast as the client takes them. A failure ends the stream
/// with an error, which makes actix abort the connection: no client takes a part for the whole.
fn pages(first: Bytes, rest: Rest) -> impl Stream<Item = Result<Bytes, Problem>> {
    let rest = stream::try_unfold(Some(rest), async |rest| match rest {
        Some(rest) => rest.next().await.map(Some),
        None => Ok(None),
    });
    stream::once(future::ok(first)).chain(rest)
}

impl Rest {
    /// The JSON of the next page, and what is left after it.
    async fn next(mut self) -> Result<(Bytes, Option<Self>), Problem> {
        let span = self.span.clone();
        let mut json = Vec::with_capacity(BUFFER_BYTES);
        let next = self.write_next(&mut json).instrument(span.clone()).await;
        let next = next.inspect_err(|problem| span.in_scope(|| trace::broken_off(problem)))?;
        let Some(next) = next else {
            self.list.end(&mut json);
            return Ok((json.into(), None));
        };
        self.query.after = next;
        Ok((json.into(), Some(self)))
    }

    async fn write_next(&mut self, json: &mut Vec<u8>) -> Result<Option<Position>, Problem> {
        let page = self.messages.page(&self.query).await?;
        write_page(page, &mut self.list, json)
    }
}

/// Writes a page and tells where the next one begins.
fn write_page(
    mut page: MessagePage,
    list: &mut MessageList,
    json: &mut Vec<u8>,
) -> Result<Option<Position>, Problem> {
    let authors = Authors::of(&page, list.variant());
    for SequencedMessage { message, .. } in mem::take(&mut page.messages) {
        let author = authors.get(&message.author)?;
        list.push(&Authored { message: &message, author }, json);
    }
    Ok(page.next)
}
