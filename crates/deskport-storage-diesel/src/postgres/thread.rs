//! Messages of a conversation, statement by statement.

use deskport_domain::AuthorId;
use deskport_ports::{EarlierMessages, Notes};
use diesel::{BoolExpressionMethods, ExpressionMethods as _, QueryDsl, SelectableHelper};
use diesel_async::RunQueryDsl;

use super::Connection;
use crate::{
    error::Failure,
    row::{
        key::author_key,
        message::{MessageRow, NewMessageRow},
        number,
    },
    schema::messages,
};

/// Stores a message at its place, unless its conversation has it; tells how many were stored.
pub(super) async fn insert(connection: &mut Connection, row: &NewMessageRow<'_>) -> Result<usize, Failure> {
    let insert = diesel::insert_into(messages::table).values(row).on_conflict_do_nothing();
    Ok(insert.execute(connection).await?)
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
