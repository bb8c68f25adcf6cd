//! Where a conversation ends, as a post must know it.

use diesel::{
    OptionalExtension as _, QueryResult, RunQueryDsl as _,
    query_builder::{AstPass, Query, QueryFragment},
    sql_types::{BigInt, Binary},
    sqlite::Sqlite as Backend,
};

use super::{
    super::{Connection, statement::stays_prepared},
    entries::{ReadLastIds, fills_a_block},
    ids::Ids,
    slot,
    statements::InsertMessage,
    store,
};
use crate::{error::Failure, row::post::PostRow};

/// Where a conversation ends.
#[derive(Debug)]
pub(in super::super) struct End {
    /// The conversation's number.
    pub(in super::super) number: i64,
    /// The sequence of its last message; 0 if there is none.
    pub(in super::super) last: i64,
    pub(in super::super) updated_at: i64,
    /// The key of its end user.
    pub(in super::super) user: Vec<u8>,
    ids: Ids,
}

/// Reads where a conversation ends, if there is one with this key.
pub(in super::super) fn end(connection: &mut Connection, key: &[u8]) -> Result<Option<End>, Failure> {
    let row = ReadEnd(key).get_result::<(i64, i64, i64, Vec<u8>)>(connection).optional()?;
    let Some((number, last, updated_at, user)) = row else { return Ok(None) };
    let ids = ReadLastIds::until(slot(number, last)?).load(connection)?;
    Ok(Some(End { number, last, updated_at, user, ids: Ids::of_last(ids, last) }))
}

impl End {
    /// What this takes at most, in bytes, until the conversation grows.
    pub(in super::super) fn bytes(&self) -> usize {
        size_of::<Self>() + self.user.capacity() + self.ids.bytes(self.last)
    }

    /// Whether the conversation has a message with this id.
    pub(in super::super) fn has(&mut self, connection: &mut Connection, id: &[u8]) -> Result<bool, Failure> {
        self.ids.has(connection, self.number, self.last, id)
    }

    /// Stores a message that the conversation does not have at its end, and moves the end.
    pub(in super::super) fn append(
        &mut self,
        connection: &mut Connection,
        post: &PostRow,
    ) -> Result<(), Failure> {
        let slot = slot(self.number, self.last + 1)?;
        store(connection, InsertMessage::of_post(post, slot))?;
        self.last += 1;
        self.updated_at = self.updated_at.max(post.at);
        self.ids.push(&post.id);
        if fills_a_block(slot) {
            self.ids.all_have_entries();
        }
        Ok(())
    }
}

struct ReadEnd<'a>(&'a [u8]);

impl Query for ReadEnd<'_> {
    type SqlType = (BigInt, BigInt, BigInt, Binary);
}

impl QueryFragment<Backend> for ReadEnd<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("SELECT number, last_sequence, updated_at, user_id FROM conversations WHERE id = ");
        out.push_bind_param::<Binary, _>(self.0)
    }
}

stays_prepared! {
    ReadEnd<'_> = ReadEnd<'static>,
}
