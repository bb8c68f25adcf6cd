//! A page of messages, statement by statement.
//!
//! A page is a range of sequence numbers and has no LIMIT: SQLite would prepare a statement with a
//! bound limit anew each time, and the conversation's last number, which is read first, says
//! already whether there is anything to read at all.

use deskport_domain::AuthorId;
use deskport_ports::{MessagePage, MessageQuery, Notes, Position, SequencedMessage};
use diesel::{
    BoolExpressionMethods, ExpressionMethods as _, JoinOnDsl, NullableExpressionMethods, OptionalExtension,
    QueryDsl, RunQueryDsl as _, SelectableHelper,
};

use super::{
    Connection,
    store::messages::page::{authors, into_messages},
};
use crate::{
    error::Failure,
    row::{
        key::{Key, author_key},
        message::MessageRow,
    },
    schema::{conversations, messages},
};

/// The messages of a conversation after a place in it.
pub(super) async fn read(
    connection: &mut Connection,
    query: &MessageQuery,
) -> Result<Option<MessagePage>, Failure> {
    let Some((mut read, last)) = bounds(connection, query)? else { return Ok(None) };
    let mut messages = Vec::new();
    let mut room = query.limit.max(1);
    // Notes that are left out leave room on the page.
    while read < last && room > 0 {
        let until = last.min(read.saturating_add(room.into()));
        let found = range(connection, query, read, until)?;
        room = room.saturating_sub(u32::try_from(found.len()).unwrap_or(room));
        messages.extend(found);
        read = until;
    }
    let authors = authors(connection, &messages).await?;
    let next = (read < last).then_some(Position::Sequence(read.unsigned_abs()));
    Ok(Some(MessagePage { messages, authors, next }))
}

/// The numbers of the last message before the page and of the last in the conversation.
fn bounds(connection: &mut Connection, query: &MessageQuery) -> Result<Option<(i64, i64)>, Failure> {
    use conversations::{id, last_sequence, table};

    let conversation = query.conversation.key();
    if let Position::Message(after) = &query.after {
        let same = messages::conversation_id.eq(id).and(messages::id.eq(after.key()));
        let bounds = table
            .left_join(messages::table.on(same))
            .filter(id.eq(conversation))
            .select((messages::sequence.nullable(), last_sequence));
        let bounds = bounds.get_result::<(Option<i64>, i64)>(connection).optional()?;
        return Ok(bounds.map(|(after, last)| (after.unwrap_or(0), last)));
    }
    let after = match query.after {
        Position::Sequence(after) => i64::try_from(after).unwrap_or(i64::MAX),
        _ => 0,
    };
    let last = table.find(conversation).select(last_sequence);
    Ok(last.get_result(connection).optional()?.map(|last| (after, last)))
}

/// The messages after one number until another, without those that the query leaves out.
fn range(
    connection: &mut Connection,
    query: &MessageQuery,
    after: i64,
    until: i64,
) -> Result<Vec<SequencedMessage>, Failure> {
    let all = messages::table
        .filter(messages::conversation_id.eq(query.conversation.key()))
        .filter(messages::sequence.gt(after).and(messages::sequence.le(until)))
        .order(messages::sequence)
        .select(MessageRow::as_select());
    let rows: Vec<MessageRow> = match &query.notes {
        Notes::All => all.load(connection)?,
        Notes::By(agent) => {
            let author = author_key(&AuthorId::Agent(agent.clone()));
            let shown = messages::is_private.eq(false).or(messages::author.eq(author));
            all.filter(shown).load(connection)?
        }
    };
    into_messages(rows, &query.conversation)
}
