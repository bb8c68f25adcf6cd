//! The entries of `messages_by_id`, by which messages are found.
//!
//! Ids are in no order: an entry for each message would cost each post another page. So messages
//! get their entries in `messages_by_id` by the block, once it is full. The messages of the block
//! that is not full yet are the last ones of their conversation, few, and lie where a post goes anyway.

use diesel::{
    QueryResult,
    query_builder::{AstPass, Query, QueryFragment},
    sql_types::{BigInt, Binary, Bool},
    sqlite::Sqlite as Backend,
};

use super::super::statement::stays_prepared;

/// How many messages get their entries together. A power of two, which `by_id` knows, too.
const BLOCK: i64 = 16;

/// Whether a conversation's block is full with the message in this slot.
pub(super) fn fills_a_block(slot: i64) -> bool {
    (slot + 1) % BLOCK == 0
}

/// Gives the messages of a block their entries.
pub(super) struct InsertBlock {
    first: i64,
    last: i64,
}

impl InsertBlock {
    /// The block whose last message is in this slot.
    pub(super) fn until(last: i64) -> Self {
        Self { first: last + 1 - BLOCK, last }
    }
}

/// Reads the ids of the messages that have no entries, in the conversation whose last message is in
/// this slot.
pub(super) struct ReadLastIds {
    first: i64,
    last: i64,
}

impl ReadLastIds {
    pub(super) fn until(last: i64) -> Self {
        Self { first: (last + 1) & -BLOCK, last }
    }
}

/// Reads the ids of the messages that have entries, in the conversation with this number.
pub(super) struct ReadEntries {
    pub(super) conversation: i64,
}

/// Whether the conversation with this number has a message that has an entry.
pub(super) struct HasEntry<'a> {
    pub(super) conversation: i64,
    pub(super) id: &'a [u8],
}

impl QueryFragment<Backend> for InsertBlock {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql(
            "INSERT INTO messages_by_id (conversation, id, sequence) \
             SELECT slot >> 24, id, sequence FROM messages WHERE slot >= ",
        );
        out.push_bind_param::<BigInt, _>(&self.first)?;
        out.push_sql(" AND slot <= ");
        out.push_bind_param::<BigInt, _>(&self.last)
    }
}

impl Query for ReadLastIds {
    type SqlType = Binary;
}

impl QueryFragment<Backend> for ReadLastIds {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("SELECT id FROM messages WHERE slot >= ");
        out.push_bind_param::<BigInt, _>(&self.first)?;
        out.push_sql(" AND slot <= ");
        out.push_bind_param::<BigInt, _>(&self.last)
    }
}

impl Query for ReadEntries {
    type SqlType = Binary;
}

impl QueryFragment<Backend> for ReadEntries {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("SELECT id FROM messages_by_id WHERE conversation = ");
        out.push_bind_param::<BigInt, _>(&self.conversation)
    }
}

impl Query for HasEntry<'_> {
    type SqlType = Bool;
}

impl QueryFragment<Backend> for HasEntry<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("SELECT EXISTS (SELECT 1 FROM messages_by_id WHERE conversation = ");
        out.push_bind_param::<BigInt, _>(&self.conversation)?;
        out.push_sql(" AND id = ");
        out.push_bind_param::<Binary, _>(self.id)?;
        out.push_sql(")");
        Ok(())
    }
}

stays_prepared! {
    InsertBlock = InsertBlock,
    ReadLastIds = ReadLastIds,
    ReadEntries = ReadEntries,
    HasEntry<'_> = HasEntry<'static>,
}
