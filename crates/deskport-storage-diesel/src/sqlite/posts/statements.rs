//! The statements of a plain post. Diesel prepares its own `ON CONFLICT` and its own updates anew
//! each time; these stay prepared.

use diesel::{
    QueryResult, RunQueryDsl,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{BigInt, Binary, Bool, Nullable, Text},
    sqlite::Sqlite as Backend,
};

use super::super::Connection;
use crate::row::{conversation::activity, post::PostRow};

/// Reads where a conversation ends: its row, its last number, when it changed, and its end user.
pub(super) struct ReadEnd<'a>(pub(super) &'a Vec<u8>);

/// What [`ReadEnd`] reads.
pub(super) type End = (i64, i64, i64, Vec<u8>);

/// Stores a message at its place, unless its conversation has it.
pub(super) struct InsertMessage<'a> {
    post: &'a PostRow,
    sequence: i64,
    body: Option<&'a str>,
}

/// Notes in the row of a conversation that it has a new message.
pub(super) struct Touch {
    row: i64,
    sequence: i64,
    updated_at: i64,
}

/// The same where the period of its activity is a new one: that costs a change of an index.
pub(super) struct TouchAnew {
    touch: Touch,
    activity: i64,
}

/// Appends an event to the log.
pub(super) struct AppendEvent<'a> {
    post: &'a PostRow,
    user_id: Option<&'a [u8]>,
    agent_id: Option<&'a [u8]>,
}

/// Gives parameters to a statement, one after the other, with commas between them.
macro_rules! bind {
    ($out:ident, $kind:ty = $value:expr $(, $kinds:ty = $values:expr)*) => {
        $out.push_bind_param::<$kind, _>($value)?;
        $(
            $out.push_sql(", ");
            $out.push_bind_param::<$kinds, _>($values)?;
        )*
    };
}

impl<'a> InsertMessage<'a> {
    pub(super) fn new(post: &'a PostRow, sequence: i64) -> Self {
        Self { post, sequence, body: post.body() }
    }
}

impl<'a> AppendEvent<'a> {
    pub(super) fn of(post: &'a PostRow) -> Self {
        Self { post, user_id: post.user_id(), agent_id: post.agent_id() }
    }
}

/// Notes that the message with this number came `at` this moment, in the conversation of `end`.
pub(super) fn touch(connection: &mut Connection, end: &End, sequence: i64, at: i64) -> QueryResult<usize> {
    let (row, _, before, _) = *end;
    let touch = Touch { row, sequence, updated_at: before.max(at) };
    match activity(touch.updated_at) {
        same if same == activity(before) => touch.execute(connection),
        activity => TouchAnew { touch, activity }.execute(connection),
    }
}

impl Query for ReadEnd<'_> {
    type SqlType = (BigInt, BigInt, BigInt, Binary);
}

impl QueryFragment<Backend> for ReadEnd<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("SELECT rowid, last_sequence, updated_at, user_id FROM conversations WHERE id = ");
        out.push_bind_param::<Binary, _>(self.0)
    }
}

impl QueryFragment<Backend> for InsertMessage<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        let Self { post, sequence, body } = self;
        out.push_sql("INSERT INTO messages (conversation_id, sequence, id, author, is_private, created_at, body, attachments) VALUES (");
        bind!(
            out,
            Binary = &post.conversation_id,
            BigInt = sequence,
            Binary = &post.id,
            Binary = &post.author
        );
        out.push_sql(", ");
        bind!(out, Bool = &post.is_private, BigInt = &post.created_at);
        out.push_sql(", ");
        bind!(out, Nullable<Text> = body, Nullable<Text> = &post.attachments);
        out.push_sql(") ON CONFLICT DO NOTHING");
        Ok(())
    }
}

impl QueryFragment<Backend> for Touch {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("UPDATE conversations SET last_sequence = ");
        out.push_bind_param::<BigInt, _>(&self.sequence)?;
        out.push_sql(", updated_at = ");
        out.push_bind_param::<BigInt, _>(&self.updated_at)?;
        out.push_sql(" WHERE rowid = ");
        out.push_bind_param::<BigInt, _>(&self.row)
    }
}

impl QueryFragment<Backend> for TouchAnew {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        let Self { touch, activity } = self;
        out.push_sql("UPDATE conversations SET activity = ");
        out.push_bind_param::<BigInt, _>(activity)?;
        out.push_sql(", last_sequence = ");
        out.push_bind_param::<BigInt, _>(&touch.sequence)?;
        out.push_sql(", updated_at = ");
        out.push_bind_param::<BigInt, _>(&touch.updated_at)?;
        out.push_sql(" WHERE rowid = ");
        out.push_bind_param::<BigInt, _>(&touch.row)
    }
}

impl QueryFragment<Backend> for AppendEvent<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        let Self { post, user_id, agent_id } = self;
        out.push_sql("INSERT INTO events (id, at, origin, kind, conversation_id, message_id, user_id, agent_id) VALUES (");
        bind!(out, Binary = &post.event_id, BigInt = &post.at, Text = post.origin, Text = post.kind);
        out.push_sql(", ");
        bind!(out, Binary = &post.conversation_id, Binary = &post.id);
        out.push_sql(", ");
        bind!(out, Nullable<Binary> = user_id, Nullable<Binary> = agent_id);
        out.push_sql(")");
        Ok(())
    }
}

/// Statements whose text never changes, so that one of each stays prepared.
macro_rules! stays_prepared {
    ($($statement:ty = $name:ty),* $(,)?) => {$(
        impl QueryId for $statement {
            type QueryId = $name;

            const HAS_STATIC_QUERY_ID: bool = true;
        }

        impl RunQueryDsl<Connection> for $statement {}
    )*};
}

stays_prepared! {
    ReadEnd<'_> = ReadEnd<'static>,
    InsertMessage<'_> = InsertMessage<'static>,
    Touch = Touch,
    TouchAnew = TouchAnew,
    AppendEvent<'_> = AppendEvent<'static>,
}
