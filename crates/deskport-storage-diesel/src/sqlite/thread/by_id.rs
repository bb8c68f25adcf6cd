//! The statements that find a message by its id.
//!
//! It is among the last messages of its conversation, which have no entries yet, or has an entry (see
//! `entries`).

use diesel::{
    QueryResult,
    query_builder::{AstPass, Query, QueryFragment},
    sql_types::{BigInt, Binary, Nullable},
    sqlite::Sqlite as Backend,
};

use super::{
    super::statement::stays_prepared,
    statements::{Columns, SELECT},
};

/// Begins the slot of a message of `conversations`, if it is in the last block, of 16 messages; its id
/// follows. Most ask for the last message of all, which is looked at first.
const SLOT_OF_LAST: &str = "SELECT slot FROM messages \
    WHERE slot >= (((conversations.number << 24) + conversations.last_sequence + 1) & -16) \
    AND slot <= (conversations.number << 24) + conversations.last_sequence AND id = ";
const LATEST_FIRST: &str = " ORDER BY slot DESC";
/// The same of a message in a block before that.
const SLOT_OF_EARLIER: &str = "SELECT (conversation << 24) + sequence FROM messages_by_id \
    WHERE conversation = conversations.number AND id = ";

/// Reads the number of a conversation, the slot of one of its messages, and the sequence of its last.
pub(super) struct ReadBounds<'a> {
    pub(super) conversation: &'a [u8],
    pub(super) message: Option<&'a [u8]>,
}

/// Reads a message.
pub(super) struct ReadOne<'a>(pub(super) Name<'a>);

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
        out.push_sql(LATEST_FIRST);
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

impl Query for ReadBounds<'_> {
    type SqlType = (BigInt, Nullable<BigInt>, BigInt);
}

impl QueryFragment<Backend> for ReadBounds<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("SELECT number, coalesce((");
        out.push_sql(SLOT_OF_LAST);
        out.push_bind_param::<Nullable<Binary>, _>(&self.message)?;
        out.push_sql(LATEST_FIRST);
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
    ReadBounds<'_> = ReadBounds<'static>,
    ReadOne<'_> = ReadOne<'static>,
    Remove<'_> = Remove<'static>,
    RemoveEntry<'_> = RemoveEntry<'static>,
}
