//! A page of messages in one statement: the conversation's last number, a range of messages, and
//! beside each its author, who is looked up once.

use std::collections::HashSet;

use deskport_domain::AuthorId;
use deskport_ports::{MessagePage, MessageQuery, Notes, Position};
use diesel::{
    QueryResult,
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{BigInt, Binary, Nullable},
};
use diesel_async::RunQueryDsl;

use super::{
    Connection,
    people::{self, Columns, joined_people, people},
};
use crate::{
    error::Failure,
    row::{
        agent::AgentRow,
        key::{Key, author_key},
        message::MessageRow,
        number,
        user::UserRow,
    },
};

const MESSAGES: &str = concat!(
    "SELECT last_sequence, page.sequence, page.id, page.author, page.is_private, page.created_at, page.body,
        page.attachments, ",
    people!(),
    " FROM conversations LEFT JOIN LATERAL (
        SELECT * FROM messages WHERE conversation_id = conversations.id"
);
const AFTER_MESSAGE: &str = " AND sequence > coalesce((
            SELECT sequence FROM messages AS read WHERE read.conversation_id = ";
const WITH_ID: &str = " AND read.id = ";
const AFTER_SEQUENCE: &str = "), ";
const WITH_NOTES_BY: &str = ") AND (NOT is_private OR coalesce(author = ";
const AT_MOST: &str = ", true)) ORDER BY sequence LIMIT ";
const WITH_AUTHORS: &str = concat!(") AS page ON true", joined_people!(), " WHERE conversations.id = $1");

/// The conversation's last number; and a message with its author, if there is one.
type Row = (i64, Option<MessageRow>, Option<UserRow>, Option<AgentRow>);

/// The messages of a conversation after a place in it.
pub(super) async fn read(
    connection: &mut Connection,
    query: &MessageQuery,
) -> Result<Option<MessagePage>, Failure> {
    let rows: Vec<Row> = ReadPage::from(query).load(connection).await?;
    let Some((last, ..)) = rows.as_slice().first() else { return Ok(None) };
    let (last, is_full) = (*last, rows.len() >= query.limit.max(1) as usize);
    let (mut messages, mut authors) = (Vec::with_capacity(rows.len()), Vec::new());
    let mut known = HashSet::new();
    for (_, message, user, agent) in rows {
        let Some(message) = message else { break };
        let message = message.into_message(&query.conversation)?;
        if !known.contains(&message.message.author) {
            authors.extend(people::author(user, agent)?);
            known.insert(message.message.author.clone());
        }
        messages.push(message);
    }
    // A nested loop keeps the order, but nobody promises that.
    messages.sort_unstable_by_key(|message| message.sequence);
    let read = messages.last().map(|message| message.sequence);
    let next = read.filter(|read| is_full && number(*read) < last).map(Position::Sequence);
    Ok(Some(MessagePage { messages, authors, next }))
}

/// The statement's values, in the order of its text.
#[derive(QueryId)]
struct ReadPage {
    conversation: Vec<u8>,
    after_message: Option<Vec<u8>>,
    after_sequence: i64,
    notes_by: Option<Vec<u8>>,
    limit: i64,
}

impl From<&MessageQuery> for ReadPage {
    fn from(query: &MessageQuery) -> Self {
        let (after_message, after_sequence) = match &query.after {
            Position::Start => (None, 0),
            Position::Message(id) => (Some(id.key()), 0),
            Position::Sequence(sequence) => (None, number(*sequence)),
        };
        let notes_by = match &query.notes {
            Notes::All => None,
            Notes::By(agent) => Some(author_key(&AuthorId::Agent(agent.clone()))),
        };
        let (conversation, limit) = (query.conversation.key(), query.limit.max(1).into());
        Self { conversation, after_message, after_sequence, notes_by, limit }
    }
}

impl Query for ReadPage {
    type SqlType =
        (BigInt, Nullable<Columns<MessageRow>>, Nullable<Columns<UserRow>>, Nullable<Columns<AgentRow>>);
}

/// Other than `sql_query`, this stays a prepared statement.
impl QueryFragment<Pg> for ReadPage {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(MESSAGES);
        out.push_sql(AFTER_MESSAGE);
        out.push_bind_param::<Binary, _>(&self.conversation)?;
        out.push_sql(WITH_ID);
        out.push_bind_param::<Nullable<Binary>, _>(&self.after_message)?;
        out.push_sql(AFTER_SEQUENCE);
        out.push_bind_param::<BigInt, _>(&self.after_sequence)?;
        out.push_sql(WITH_NOTES_BY);
        out.push_bind_param::<Nullable<Binary>, _>(&self.notes_by)?;
        out.push_sql(AT_MOST);
        out.push_bind_param::<BigInt, _>(&self.limit)?;
        out.push_sql(WITH_AUTHORS);
        Ok(())
    }
}
