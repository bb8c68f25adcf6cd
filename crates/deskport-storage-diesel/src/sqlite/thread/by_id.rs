//! The statements that find a message by its id.
//!
//! Ids are in no order: an entry for each message would cost each post another page. So messages
//! get their entries in `messages_by_id` by the block, once it is full. The messages of the block
//! that is not full yet are the last ones of their conversation, few, and lie where a post goes anyway.

use diesel::{
    QueryResult,
    query_builder::{AstPass, Query, QueryFragment},
    sql_types::{BigInt, Binary, Bool, Nullable},
    sqlite::Sqlite as Backend,
};

use super::{
    super::statement::stays_prepared,
    statements::{Columns, SELECT},
};

/// How many messages get their entries together. A power of two, and known to [`SLOT_OF_LAST`].
const BLOCK: i64 = 16;

/// The slot of a message of `conversations`, by its id, if it is in the last block.
const SLOT_OF_LAST: &str = "SELECT slot FROM messages \
    WHERE slot >= (((conversations.number << 24) + conversations.last_sequence + 1) & -16) \
    AND slot <= (conversations.number << 24) + conversations.last_sequence AND id = ";
/// The same of a message in a block before that.
const SLOT_OF_EARLIER: &str = "SELECT (conversation << 24) + sequence FROM messages_by_id \
    WHERE conversation = conversations.number AND id = ";

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

/// Reads the number of a conversation, the slot of one of its messages, and the sequence of its last.
pub(super) struct ReadBounds<'a> {
    pub(super) conversation: &'a [u8],
    pub(super) message: Option<&'a [u8]>,
}

/// Reads a message.
pub(super) struct ReadOne<'a>(pub(super) Name<'a>);

/// Reads the number by which search names a message, and the message's slot.
pub(super) struct ReadPlace<'a>(pub(super) Name<'a>);

/// Removes the row of a message.
pub(super) struct Remove<'a>(pub(super) Name<'a>);

/// Removes the entry of a message, if it has one.
pub(super) struct RemoveEntry<'a>(pub(super) Name<'a>);

/// What a message is found by.
#[derive(Clone, Copy)]
pub(super) struct Name<'a> {
    pub(super) conversation: &'a [u8],
    pub(super) id: &'a [u8],
}

impl Name<'_> {
    /// The condition that a slot is that of the message.
    fn walk_slot<'b>(&'b self, out: &mut AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql(" WHERE slot = (SELECT coalesce((");
        out.push_sql(SLOT_OF_LAST);
        out.push_bind_param::<Binary, _>(self.id)?;
        out.push_sql("), (");
        out.push_sql(SLOT_OF_EARLIER);
        out.push_bind_param::<Binary, _>(self.id)?;
        out.push_sql(")) FROM conversations WHERE id = ");
        out.push_bind_param::<Binary, _>(self.conversation)?;
        out.push_sql(")");
        Ok(())
    }
}

/// The condition that `conversations` has a message.
pub(in super::super) fn walk_has_message<'b>(
    out: &mut AstPass<'_, 'b, Backend>,
    message: &'b [u8],
) -> QueryResult<()> {
    for (before, slot) in [("(EXISTS (", SLOT_OF_LAST), (" OR EXISTS (", SLOT_OF_EARLIER)] {
        out.push_sql(before);
        out.push_sql(slot);
        out.push_bind_param::<Binary, _>(message)?;
        out.push_sql(")");
    }
    out.push_sql(")");
    Ok(())
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

impl Query for ReadBounds<'_> {
    type SqlType = (BigInt, Nullable<BigInt>, BigInt);
}

impl QueryFragment<Backend> for ReadBounds<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("SELECT number, coalesce((");
        out.push_sql(SLOT_OF_LAST);
        out.push_bind_param::<Nullable<Binary>, _>(&self.message)?;
        out.push_sql("), (");
        out.push_sql(SLOT_OF_EARLIER);
        out.push_bind_param::<Nullable<Binary>, _>(&self.message)?;
        out.push_sql(")), last_sequence FROM conversations WHERE id = ");
        out.push_bind_param::<Binary, _>(self.conversation)
    }
}

impl Query for ReadOne<'_> {
    type SqlType = Columns;
}

impl QueryFragment<Backend> for ReadOne<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql(SELECT);
        self.0.walk_slot(&mut out)
    }
}

impl Query for ReadPlace<'_> {
    type SqlType = (BigInt, BigInt);
}

impl QueryFragment<Backend> for ReadPlace<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("SELECT number, slot FROM messages");
        self.0.walk_slot(&mut out)
    }
}

impl QueryFragment<Backend> for Remove<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("DELETE FROM messages");
        self.0.walk_slot(&mut out)
    }
}

impl QueryFragment<Backend> for RemoveEntry<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql(
            "DELETE FROM messages_by_id WHERE conversation = (SELECT number FROM conversations WHERE id = ",
        );
        out.push_bind_param::<Binary, _>(self.0.conversation)?;
        out.push_sql(") AND id = ");
        out.push_bind_param::<Binary, _>(self.0.id)
    }
}

stays_prepared! {
    InsertBlock = InsertBlock,
    ReadLastIds = ReadLastIds,
    ReadEntries = ReadEntries,
    HasEntry<'_> = HasEntry<'static>,
    ReadBounds<'_> = ReadBounds<'static>,
    ReadOne<'_> = ReadOne<'static>,
    ReadPlace<'_> = ReadPlace<'static>,
    Remove<'_> = Remove<'static>,
    RemoveEntry<'_> = RemoveEntry<'static>,
}
