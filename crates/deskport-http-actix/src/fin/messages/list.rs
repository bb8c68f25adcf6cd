//! A list of messages as an answer: one buffer if it is short, else page by page.

use actix_web::{HttpResponse, web::Bytes};
use deskport_application::{MessagePage, MessageQuery, Messages, Position, SequencedMessage, StoreError};
use deskport_domain::AuthoredMessage;
use deskport_wire::{MessageList, Variant};
use futures_util::{
    StreamExt, future,
    stream::{self, Stream},
};
use tracing::{Instrument, Span};

use crate::{problem::Problem, state::Slot, trace};

/// The first buffer's size.
const BUFFER_BYTES: usize = 4 * 1024;

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
pub(super) async fn answer(
    messages: Messages,
    mut query: MessageQuery,
    variant: Variant,
    slot: Option<Slot>,
) -> Result<HttpResponse, Problem> {
    let page = messages.page(&query).await?;
    let mut json = Vec::with_capacity(BUFFER_BYTES);
    let mut list = MessageList::begin(variant, &mut json);
    let next = write_page(page, &mut list, &mut json)?;
    let mut response = HttpResponse::Ok();
    response.content_type("application/json");
    let Some(next) = next else {
        list.end(&mut json);
        return Ok(response.body(json));
    };
    query.after = next;
    let rest = Rest { messages, query, list, span: Span::current(), _slot: slot };
    Ok(response.streaming(pages(json.into(), rest)))
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
    let MessagePage { messages, .. } = &mut page;
    for SequencedMessage { message, .. } in std::mem::take(messages) {
        let author = page.author(&message.author).cloned();
        let author =
            author.ok_or_else(|| StoreError::corrupt("messages.author", "there is no such author"))?;
        list.push(&AuthoredMessage { message, author }, json);
    }
    Ok(page.next)
}
