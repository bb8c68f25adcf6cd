//! The statement that every post runs. Diesel prepares its own updates anew each time; this one
//! stays prepared.

use diesel::{
    QueryResult,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{BigInt, Binary},
};

use super::super::{Backend, Connection, thread};

/// Takes the next number and place of a conversation and touches it, unless there is no such
/// conversation or it has the message already.
#[derive(QueryId)]
pub(super) struct TakeNext {
    pub(super) conversation: Vec<u8>,
    pub(super) message: Vec<u8>,
    pub(super) at: i64,
    pub(super) activity: i64,
    pub(super) place: i64,
}

/// The number, the place, and the key of the conversation's end user.
pub(super) type Taken = (i64, i64, Vec<u8>);

impl Query for TakeNext {
    type SqlType = (BigInt, BigInt, Binary);
}

impl QueryFragment<Backend> for TakeNext {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("UPDATE conversations SET last_sequence = last_sequence + 1, updated_at = CASE WHEN updated_at > ");
        out.push_bind_param::<BigInt, _>(&self.at)?;
        out.push_sql(" THEN updated_at ELSE ");
        out.push_bind_param::<BigInt, _>(&self.at)?;
        out.push_sql(" END, activity = CASE WHEN updated_at > ");
        out.push_bind_param::<BigInt, _>(&self.at)?;
        out.push_sql(" THEN activity ELSE ");
        out.push_bind_param::<BigInt, _>(&self.activity)?;
        // The place is later than the last, whatever the clock says.
        out.push_sql(" END, last_place = CASE WHEN last_place >= ");
        out.push_bind_param::<BigInt, _>(&self.place)?;
        out.push_sql(" THEN last_place + 1 ELSE ");
        out.push_bind_param::<BigInt, _>(&self.place)?;
        out.push_sql(" END WHERE id = ");
        out.push_bind_param::<Binary, _>(&self.conversation)?;
        out.push_sql(" AND NOT ");
        thread::walk_has_message(&mut out, &self.message)?;
        out.push_sql(" RETURNING last_sequence, last_place, user_id");
        Ok(())
    }
}

impl diesel::RunQueryDsl<Connection> for TakeNext {}
