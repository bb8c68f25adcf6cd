//! The statements around a transaction. Those of Diesel are prepared anew each time.

use diesel::{
    QueryResult,
    query_builder::{AstPass, QueryFragment},
    sqlite::Sqlite as Backend,
};

use super::statement::stays_prepared;

/// Begins a transaction that reads: all of it sees the moment of its first statement.
pub(super) struct Begin;

/// Begins a transaction that writes, and waits for other processes that write.
pub(super) struct BeginToWrite;

/// Ends a transaction: what it wrote is durable then.
pub(super) struct Commit;

impl QueryFragment<Backend> for Begin {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("BEGIN");
        Ok(())
    }
}

impl QueryFragment<Backend> for BeginToWrite {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("BEGIN IMMEDIATE");
        Ok(())
    }
}

impl QueryFragment<Backend> for Commit {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("COMMIT");
        Ok(())
    }
}

stays_prepared! {
    Begin = Begin,
    BeginToWrite = BeginToWrite,
    Commit = Commit,
}
