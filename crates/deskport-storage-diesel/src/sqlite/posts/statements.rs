//! The statements of a plain post, but for the one that stores the message.

use diesel::{
    QueryResult, RunQueryDsl,
    query_builder::{AstPass, QueryFragment},
    sql_types::{BigInt, Binary, Nullable, Text},
    sqlite::Sqlite as Backend,
};

use super::super::{
    Connection,
    statement::{bind, stays_prepared},
    thread::End,
};
use crate::row::{conversation::activity, post::PostRow};

/// Notes in the row of a conversation that it has a new message.
pub(super) struct Touch {
    number: i64,
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

impl<'a> AppendEvent<'a> {
    pub(super) fn of(post: &'a PostRow) -> Self {
        Self { post, user_id: post.user_id(), agent_id: post.agent_id() }
    }
}

/// Notes that a conversation, which changed at a moment `before`, has a new end.
pub(super) fn touch(connection: &mut Connection, end: &End, before: i64) -> QueryResult<usize> {
    let touch = Touch { number: end.number, sequence: end.last, updated_at: end.updated_at };
    match activity(touch.updated_at) {
        same if same == activity(before) => touch.execute(connection),
        activity => TouchAnew { touch, activity }.execute(connection),
    }
}

impl QueryFragment<Backend> for Touch {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("UPDATE conversations SET last_sequence = ");
        out.push_bind_param::<BigInt, _>(&self.sequence)?;
        out.push_sql(", updated_at = ");
        out.push_bind_param::<BigInt, _>(&self.updated_at)?;
        out.push_sql(" WHERE number = ");
        out.push_bind_param::<BigInt, _>(&self.number)
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
        out.push_sql(" WHERE number = ");
        out.push_bind_param::<BigInt, _>(&touch.number)
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

stays_prepared! {
    Touch = Touch,
    TouchAnew = TouchAnew,
    AppendEvent<'_> = AppendEvent<'static>,
}
