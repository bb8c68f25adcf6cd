//! Messages of a conversation, statement by statement.

use deskport_domain::AuthorId;
use deskport_ports::{EarlierMessages, Notes};
use diesel::{
    BoolExpressionMethods, ExpressionMethods as _, OptionalExtension as _, QueryDsl, QueryResult,
    SelectableHelper, query_builder::AstPass, sql_types::Binary,
};
use diesel_async::RunQueryDsl;

use super::{Backend, Connection};
use crate::{
    error::Failure,
    row::{
        key::author_key,
        message::{MessageRow, NewMessageRow, Written},
        number,
    },
    schema::messages,
};

/// Stores a message at its place, unless its conversation has it; tells how many were stored.
pub(super) async fn insert(connection: &mut Connection, row: &NewMessageRow<'_>) -> Result<usize, Failure> {
    let insert = diesel::insert_into(messages::table).values(row).on_conflict_do_nothing();
    Ok(insert.execute(connection).await?)
}

/// Appends the condition that a conversation has a message.
pub(super) fn walk_has_message<'b>(out: &mut AstPass<'_, 'b, Backend>, message: &'b [u8]) -> QueryResult<()> {
    out.push_sql("EXISTS (SELECT 1 FROM messages WHERE conversation_id = conversations.id AND id = ");
    out.push_bind_param::<Binary, _>(message)?;
    out.push_sql(")");
    Ok(())
}

/// A message by its id.
pub(super) async fn find(
    connection: &mut Connection,
    conversation: &[u8],
    id: &[u8],
) -> Result<Option<MessageRow>, Failure> {
    let same = messages::conversation_id.eq(conversation).and(messages::id.eq(id));
    let query = messages::table.filter(same).select(MessageRow::as_select());
    Ok(query.get_result(connection).await.optional()?)
}

/// What was written in a conversation, in order.
pub(super) async fn written(
    connection: &mut Connection,
    conversation: &[u8],
) -> Result<Vec<Written>, Failure> {
    let all = messages::table.filter(messages::conversation_id.eq(conversation));
    let all = all.order(messages::sequence).select((
        messages::id,
        messages::sequence,
        messages::author,
        messages::body,
    ));
    Ok(all.load(connection).await?)
}

/// Removes a message.
pub(super) async fn remove(
    connection: &mut Connection,
    conversation: &[u8],
    id: &[u8],
) -> Result<(), Failure> {
    let same = messages::conversation_id.eq(conversation).and(messages::id.eq(id));
    diesel::delete(messages::table.filter(same)).execute(connection).await?;
    Ok(())
}

/// So many messages before one, newest first.
pub(super) async fn newest_first(
    connection: &mut Connection,
    query: &EarlierMessages,
    conversation: &[u8],
    limit: i64,
) -> Result<Vec<MessageRow>, Failure> {
    let before = query.before.map_or(i64::MAX, number);
    let all = messages::table
        .filter(messages::conversation_id.eq(conversation))
        .filter(messages::sequence.lt(before))
        .order(messages::sequence.desc())
        .select(MessageRow::as_select())
        .limit(limit);
    Ok(match &query.notes {
        Notes::All => all.load(connection).await?,
        Notes::By(agent) => {
            let author = author_key(&AuthorId::Agent(agent.clone()));
            let shown = messages::is_private.eq(false).or(messages::author.eq(author));
            all.filter(shown).load(connection).await?
        }
    })
}
