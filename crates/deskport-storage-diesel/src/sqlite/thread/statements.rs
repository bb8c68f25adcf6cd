//! The statements that store and read messages.

use diesel::{
    QueryResult,
    query_builder::{AstPass, Query, QueryFragment},
    sql_types::{BigInt, Binary, Bool, Nullable, Text},
    sqlite::Sqlite as Backend,
};

use super::super::statement::{bind, stays_prepared};
use crate::row::{message::NewMessageRow, post::PostRow};

/// Stores a message in its slot. Its number is the position of the first event of its change, which
/// is appended to the log after it.
pub(super) struct InsertMessage<'a> {
    pub(super) slot: i64,
    id: &'a [u8],
    author: &'a [u8],
    is_private: bool,
    created_at: i64,
    body: Option<&'a str>,
    attachments: Option<&'a str>,
}

/// Reads the number of a conversation.
pub(super) struct ReadNumber<'a>(pub(super) &'a [u8]);

/// Reads the messages after one slot until another.
///
/// It has no LIMIT: with a bound one, SQLite would prepare the statement anew each time.
pub(super) struct ReadRange {
    pub(super) after: i64,
    pub(super) until: i64,
    pub(super) shown: Shown,
}

/// Reads some messages before a sequence number, newest first.
pub(super) struct ReadEarlier<'a> {
    pub(super) conversation: &'a [u8],
    pub(super) before: i64,
    pub(super) shown: Shown,
    pub(super) limit: i64,
}

/// Reads the number by which search names a message, and the message's slot.
pub(super) struct ReadPlace<'a> {
    pub(super) conversation: &'a [u8],
    pub(super) sequence: i64,
}

/// Reads who wrote what in a conversation.
pub(super) struct ReadAll<'a>(pub(super) &'a [u8]);

/// Leaves out all notes but those of this author; none, if there is none.
pub(super) struct Shown {
    pub(super) notes_by: Option<Vec<u8>>,
}

/// The columns of a message's row, as they are read.
pub(super) type Columns = (BigInt, Binary, Binary, Bool, BigInt, Nullable<Text>, Nullable<Text>);

pub(super) const SELECT: &str =
    "SELECT sequence, id, author, is_private, created_at, body, attachments FROM messages";

impl<'a> InsertMessage<'a> {
    pub(super) fn of_post(post: &'a PostRow, slot: i64) -> Self {
        Self {
            slot,
            id: &post.id,
            author: &post.author,
            is_private: post.is_private,
            created_at: post.created_at,
            body: post.body(),
            attachments: post.attachments.as_deref(),
        }
    }

    pub(super) fn of_row(row: &'a NewMessageRow<'a>, slot: i64) -> Self {
        Self {
            slot,
            id: &row.id,
            author: &row.author,
            is_private: row.is_private,
            created_at: row.created_at,
            body: row.body,
            attachments: row.attachments.as_deref(),
        }
    }
}

impl QueryFragment<Backend> for InsertMessage<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql(
            "INSERT INTO messages (number, slot, id, author, is_private, created_at, body, attachments) \
             VALUES ((SELECT coalesce(max(position), 0) + 1 FROM events), ",
        );
        bind!(out, BigInt = &self.slot, Binary = self.id, Binary = self.author);
        out.push_sql(", ");
        bind!(out, Bool = &self.is_private, BigInt = &self.created_at);
        out.push_sql(", ");
        bind!(out, Nullable<Text> = &self.body, Nullable<Text> = &self.attachments);
        out.push_sql(")");
        Ok(())
    }
}

impl Shown {
    fn walk<'b>(&'b self, out: &mut AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql(" AND (NOT is_private OR coalesce(author = ");
        out.push_bind_param::<Nullable<Binary>, _>(&self.notes_by)?;
        out.push_sql(", 1))");
        Ok(())
    }
}

impl Query for ReadNumber<'_> {
    type SqlType = BigInt;
}

impl QueryFragment<Backend> for ReadNumber<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("SELECT number FROM conversations WHERE id = ");
        out.push_bind_param::<Binary, _>(self.0)
    }
}

impl Query for ReadRange {
    type SqlType = Columns;
}

impl QueryFragment<Backend> for ReadRange {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql(SELECT);
        out.push_sql(" WHERE slot > ");
        out.push_bind_param::<BigInt, _>(&self.after)?;
        out.push_sql(" AND slot <= ");
        out.push_bind_param::<BigInt, _>(&self.until)?;
        self.shown.walk(&mut out)?;
        out.push_sql(" ORDER BY slot");
        Ok(())
    }
}

impl Query for ReadEarlier<'_> {
    type SqlType = Columns;
}

impl QueryFragment<Backend> for ReadEarlier<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql(SELECT);
        out.push_sql(" WHERE slot > (SELECT number << 24 FROM conversations WHERE id = ");
        out.push_bind_param::<Binary, _>(self.conversation)?;
        out.push_sql(") AND slot < (SELECT number << 24 FROM conversations WHERE id = ");
        out.push_bind_param::<Binary, _>(self.conversation)?;
        out.push_sql(") + ");
        out.push_bind_param::<BigInt, _>(&self.before)?;
        self.shown.walk(&mut out)?;
        out.push_sql(" ORDER BY slot DESC LIMIT ");
        out.push_bind_param::<BigInt, _>(&self.limit)
    }
}

impl Query for ReadPlace<'_> {
    type SqlType = (BigInt, BigInt);
}

impl QueryFragment<Backend> for ReadPlace<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("SELECT number, slot FROM messages WHERE slot = (SELECT number << 24 FROM conversations WHERE id = ");
        out.push_bind_param::<Binary, _>(self.conversation)?;
        out.push_sql(") + ");
        out.push_bind_param::<BigInt, _>(&self.sequence)
    }
}

impl Query for ReadAll<'_> {
    type SqlType = (Binary, BigInt, Binary, Nullable<Text>);
}

impl QueryFragment<Backend> for ReadAll<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("SELECT id, sequence, author, body FROM messages WHERE slot > (SELECT number << 24 FROM conversations WHERE id = ");
        out.push_bind_param::<Binary, _>(self.0)?;
        out.push_sql(") AND slot < (SELECT (number + 1) << 24 FROM conversations WHERE id = ");
        out.push_bind_param::<Binary, _>(self.0)?;
        out.push_sql(") ORDER BY slot");
        Ok(())
    }
}

stays_prepared! {
    InsertMessage<'_> = InsertMessage<'static>,
    ReadNumber<'_> = ReadNumber<'static>,
    ReadRange = ReadRange,
    ReadPlace<'_> = ReadPlace<'static>,
    ReadAll<'_> = ReadAll<'static>,
    ReadEarlier<'_> = ReadEarlier<'static>,
}
