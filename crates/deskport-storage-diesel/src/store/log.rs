//! The event log.

mod follow;

use async_trait::async_trait;
use deskport_domain::{Event, Timestamp};
use deskport_ports::{EventLog, Lease, LogBounds, LoggedEvent, StoreError};
use diesel::{
    ExpressionMethods as _, QueryDsl, SelectableHelper,
    dsl::{max, min},
};

use super::{Connection, RunQueryDsl, Store, Task, event_log, search};
use crate::{
    error::Failure,
    row::{
        count,
        event::{EventRow, NewEventRow},
        number,
    },
    schema::events,
};
pub(super) use follow::{bookmark, locked_bookmark, move_bookmark};

/// How many events one call forgets at most.
const BATCH: i64 = 2_000;

/// The places of a change's events among those that have no position yet. They grow from commit to
/// commit of a conversation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    /// Of what belongs to no conversation.
    pub(super) elsewhere: i64,
    /// Of the change of a conversation.
    pub(super) conversation: i64,
    /// Of the message.
    pub(super) message: i64,
}

impl Places {
    /// Those of a change at this moment that has written nothing yet.
    pub(super) fn at(at: Timestamp) -> Self {
        let at = at.as_millis();
        Self { elsewhere: at, conversation: at, message: at }
    }

    fn of(self, event: &Event) -> i64 {
        match (&event.conversation, &event.message) {
            (None, _) => self.elsewhere,
            (Some(_), None) => self.conversation,
            (Some(_), Some(_)) => self.message,
        }
    }
}

/// Appends what a change says about itself.
pub(super) async fn append(
    connection: &mut Connection,
    events: &[Event],
    places: Places,
) -> Result<(), Failure> {
    let rows = events.iter().map(|event| (places.of(event), NewEventRow::from(event)));
    event_log::append(connection, rows.collect()).await
}

#[async_trait]
impl EventLog for Store {
    async fn events(&self, after: u64, limit: u32) -> Result<Vec<LoggedEvent>, StoreError> {
        self.database.number_events(after, limit).await?;
        Ok(self.database.read(&EventQuery { after, limit }).await?)
    }

    async fn log_bounds(&self) -> Result<LogBounds, StoreError> {
        Ok(self.database.read(&ReadBounds).await?)
    }

    /// What search has not dealt with stays; so this lets it deal with as much as may go.
    async fn forget_events(&self, before: Timestamp) -> Result<u64, StoreError> {
        let mut dealt_with = 0;
        while dealt_with < BATCH.unsigned_abs() {
            match self.catch_up().await? {
                0 => break,
                some => dealt_with += some,
            }
        }
        Ok(self.database.write_beside(Forget { before }).await?)
    }

    async fn bookmark(&self, name: &str) -> Result<u64, StoreError> {
        follow::read(&self.database, name).await
    }

    async fn set_bookmark(&self, name: &str, position: u64) -> Result<(), StoreError> {
        follow::note(&self.database, name, position).await
    }

    async fn lead(&self, lease: &Lease) -> Result<bool, StoreError> {
        Ok(self.database.write_beside(lease.clone()).await?)
    }
}

pub(super) struct EventQuery {
    pub(super) after: u64,
    pub(super) limit: u32,
}

impl Task for EventQuery {
    type Output = Vec<LoggedEvent>;

    /// Positions have no gaps, so that a range needs no LIMIT (see `messages/page.rs`).
    async fn run(&self, connection: &mut Connection) -> Result<Vec<LoggedEvent>, Failure> {
        use events::{position, table};

        let oldest: Option<i64> = run!(table.select(min(position)).get_result(connection))?;
        let after = number(self.after).max(oldest.unwrap_or(1) - 1);
        let until = after.saturating_add(self.limit.into());
        let query = table.filter(position.gt(after)).filter(position.le(until));
        let query = query.order(position).select(EventRow::as_select());
        let rows: Vec<EventRow> = run!(query.load(connection))?;
        Ok(rows.into_iter().map(LoggedEvent::try_from).collect::<Result<_, _>>()?)
    }
}

struct ReadBounds;

impl Task for ReadBounds {
    type Output = LogBounds;

    /// The newest event is always there, if there ever was one.
    async fn run(&self, connection: &mut Connection) -> Result<LogBounds, Failure> {
        let Some((oldest, newest)) = range(connection).await? else { return Ok(LogBounds::default()) };
        let forgotten = count("events.position", oldest - 1)?;
        Ok(LogBounds { forgotten, newest: count("events.position", newest)? })
    }
}

/// The positions of the oldest and the newest event.
async fn range(connection: &mut Connection) -> Result<Option<(i64, i64)>, Failure> {
    let oldest = events::table.select(min(events::position));
    let newest = events::table.select(max(events::position));
    let oldest: Option<i64> = run!(oldest.get_result(connection))?;
    let newest: Option<i64> = run!(newest.get_result(connection))?;
    Ok(oldest.zip(newest))
}

/// The newest position, or 0.
pub(super) async fn newest(connection: &mut Connection) -> Result<u64, Failure> {
    let newest: Option<i64> = run!(events::table.select(max(events::position)).get_result(connection))?;
    Ok(count("events.position", newest.unwrap_or(0))?)
}

struct Forget {
    before: Timestamp,
}

impl Task for Forget {
    type Output = u64;

    /// Keeps the newest event, from which the next one's position follows.
    async fn run(&self, connection: &mut Connection) -> Result<u64, Failure> {
        use events::{at, position, table};

        let Some((oldest, newest)) = range(connection).await? else { return Ok(0) };
        let searched = bookmark(connection, search::BOOKMARK).await?;
        let end = newest.min(oldest + BATCH).min(number(searched) + 1);
        let kept = table.filter(position.ge(oldest)).filter(position.lt(end));
        let kept = kept.filter(at.ge(self.before.as_millis())).select(min(position));
        let kept: Option<i64> = run!(kept.get_result(connection))?;
        let old = table.filter(position.lt(kept.unwrap_or(end)));
        Ok(run!(diesel::delete(old).execute(connection))? as u64)
    }
}
