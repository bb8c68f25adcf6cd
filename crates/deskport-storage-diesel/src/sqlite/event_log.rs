//! The event log's end: the only writer takes positions at once, in the order of its commits.

use diesel::RunQueryDsl as _;

use super::{Connection, Database};
use crate::{error::Failure, row::event::NewEventRow, schema::events};

/// Appends events of the change that is being written.
pub(super) async fn append(
    connection: &mut Connection,
    placed: &[(i64, NewEventRow)],
) -> Result<(), Failure> {
    // One by one: each stays a prepared statement, and most changes have one event.
    for (_, row) in placed {
        diesel::insert_into(events::table).values(row).execute(connection)?;
    }
    Ok(())
}

impl Database {
    /// Every event has its position already.
    pub(super) async fn number_events(&self, _after: u64, _limit: u32) -> Result<(), Failure> {
        Ok(())
    }
}
