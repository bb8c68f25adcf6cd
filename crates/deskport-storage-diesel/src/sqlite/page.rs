//! A page of messages, statement by statement.
//!
//! A page is a range of sequence numbers: the conversation's last number, which is read first, says
//! already whether there is anything to read at all.

use deskport_ports::{MessagePage, MessageQuery, Position};

use super::{
    Connection,
    store::messages::page::{authors, into_messages},
    thread,
};
use crate::{
    error::Failure,
    row::{key::Key, number},
};

/// The messages of a conversation after a place in it.
pub(super) async fn read(
    connection: &mut Connection,
    query: &MessageQuery,
) -> Result<Option<MessagePage>, Failure> {
    let Some((conversation, mut read, last)) = bounds(connection, query)? else { return Ok(None) };
    let mut messages = Vec::new();
    let mut room = query.limit.max(1);
    // Notes that are left out leave room on the page.
    while read < last && room > 0 {
        let until = last.min(read.saturating_add(room.into()));
        let rows = thread::range(connection, conversation, read, until, &query.notes)?;
        let found = into_messages(rows, &query.conversation)?;
        room = room.saturating_sub(u32::try_from(found.len()).unwrap_or(room));
        messages.extend(found);
        read = until;
    }
    let authors = authors(connection, &messages).await?;
    let next = (read < last).then_some(Position::Sequence(read.unsigned_abs()));
    Ok(Some(MessagePage { messages, authors, next }))
}

/// The conversation's number, and the sequence numbers of the last message before the page and of
/// the conversation's last.
fn bounds(connection: &mut Connection, query: &MessageQuery) -> Result<Option<(i64, i64, i64)>, Failure> {
    let (message, after) = match &query.after {
        Position::Start => (None, 0),
        Position::Message(id) => (Some(id.key()), 0),
        Position::Sequence(sequence) => (None, number(*sequence)),
    };
    let bounds = thread::bounds(connection, &query.conversation.key(), message.as_deref())?;
    Ok(bounds.map(|(conversation, found, last)| (conversation, found.unwrap_or(after), last)))
}
