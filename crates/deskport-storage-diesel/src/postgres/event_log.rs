//! The event log's end: writers put events beside the log, and readers give them positions.
//!
//! Writers commit in any order, so that a number taken by a writer may become visible after greater
//! ones, and a follower would miss it. Here whoever reads the log first moves what is new to the
//! log's end, and only one at a time: positions become visible in order. The order of what is new
//! is that of its places. Those of one conversation grow from commit to commit, since each takes
//! the next while it holds the conversation's row; whatever the clocks of the instances say.

use diesel::{
    ExpressionMethods as _, Insertable, OptionalExtension, QueryDsl, QueryableByName, sql_query,
    sql_types::{BigInt, Bool, Text},
};
use diesel_async::RunQueryDsl;

use super::{Connection, Database, store::Task};
use crate::{error::Failure, row::event::NewEventRow, row::number, schema::bookmarks};

/// The bookmark that notes the log's newest position. Nobody else's begins with `#`.
const NEWEST: &str = "#newest";

/// How many events one transaction moves.
const BATCH: i64 = 500;

const STATE: &str = "SELECT
    COALESCE((SELECT position FROM bookmarks WHERE name = $1), 0) AS newest,
    COALESCE((SELECT min(position) FROM events), 1) - 1 AS forgotten,
    EXISTS (SELECT 1 FROM new_events) AS is_behind";

/// Takes the first of what is new out, and puts it behind position `$1`. Rows are found by where
/// they lie: to join them by their keys, the planner would read and hash all that ever was new.
const MOVE: &str = "WITH taken AS (
        DELETE FROM new_events
        WHERE ctid = ANY (ARRAY(SELECT ctid FROM new_events ORDER BY place, id LIMIT $2))
        RETURNING new_events.*
    )
    INSERT INTO events (position, at, id, origin, kind, conversation_id, message_id, user_id, agent_id)
    SELECT $1 + row_number() OVER (ORDER BY place, id), at, id, origin, kind,
        NULLIF(conversation_id, ''), message_id, user_id, agent_id
    FROM taken";

diesel::table! {
    new_events (place, id) {
        conversation_id -> Binary,
        id -> Binary,
        place -> BigInt,
        at -> BigInt,
        origin -> Text,
        kind -> Text,
        message_id -> Nullable<Binary>,
        user_id -> Nullable<Binary>,
        agent_id -> Nullable<Binary>,
    }
}

#[derive(Insertable)]
#[diesel(table_name = new_events, treat_none_as_default_value = false)]
struct PlacedRow {
    conversation_id: Vec<u8>,
    id: Vec<u8>,
    place: i64,
    at: i64,
    origin: &'static str,
    kind: &'static str,
    message_id: Option<Vec<u8>>,
    user_id: Option<Vec<u8>>,
    agent_id: Option<Vec<u8>>,
}

/// Puts events of the change that is being written beside the log.
pub(super) async fn append(
    connection: &mut Connection,
    placed: Vec<(i64, NewEventRow)>,
) -> Result<(), Failure> {
    let placed: Vec<_> = placed
        .into_iter()
        .map(|(place, row)| PlacedRow {
            conversation_id: row.conversation_id.unwrap_or_default(),
            id: row.id,
            place,
            at: row.at,
            origin: row.origin,
            kind: row.kind,
            message_id: row.message_id,
            user_id: row.user_id,
            agent_id: row.agent_id,
        })
        .collect();
    let insert = diesel::insert_into(new_events::table);
    match &placed[..] {
        [] => 0,
        // Other than a list, this stays a prepared statement; and most changes have one event.
        [one] => insert.values(one).execute(connection).await?,
        several => insert.values(several).execute(connection).await?,
    };
    Ok(())
}

#[derive(QueryableByName)]
struct LogState {
    #[diesel(sql_type = BigInt)]
    newest: i64,
    #[diesel(sql_type = BigInt)]
    forgotten: i64,
    #[diesel(sql_type = Bool)]
    is_behind: bool,
}

/// Asks whether events wait for their position.
struct ReadState;

/// Gives some events their position; tells how many.
struct MoveSome;

impl Database {
    /// Gives a position to every event that was committed before this, or at least to as many as
    /// are asked for.
    pub(super) async fn number_events(&self, after: u64, limit: u32) -> Result<(), Failure> {
        loop {
            let state = self.read(&ReadState).await?;
            let until = number(after).max(state.forgotten).saturating_add(limit.into());
            if !state.is_behind || state.newest >= until {
                return Ok(());
            }
            if self.write(MoveSome).await? < BATCH {
                return Ok(());
            }
        }
    }
}

impl Task for ReadState {
    type Output = LogState;

    async fn run(&self, connection: &mut Connection) -> Result<LogState, Failure> {
        Ok(sql_query(STATE).bind::<Text, _>(NEWEST).get_result(connection).await?)
    }
}

impl Task for MoveSome {
    type Output = i64;

    async fn run(&self, connection: &mut Connection) -> Result<i64, Failure> {
        let newest = lock_newest(connection).await?;
        let moved = sql_query(MOVE).bind::<BigInt, _>(newest).bind::<BigInt, _>(BATCH);
        let moved = i64::try_from(moved.execute(connection).await?).unwrap_or(i64::MAX);
        let head = bookmarks::table.find(NEWEST);
        let forward = diesel::update(head).set(bookmarks::position.eq(newest + moved));
        forward.execute(connection).await?;
        Ok(moved)
    }
}

/// The log's newest position, which nobody else moves until the transaction ends.
async fn lock_newest(connection: &mut Connection) -> Result<i64, Failure> {
    let newest = bookmarks::table.find(NEWEST).select(bookmarks::position).for_update();
    if let Some(newest) = newest.get_result(connection).await.optional()? {
        return Ok(newest);
    }
    let first = (bookmarks::name.eq(NEWEST), bookmarks::position.eq(0_i64));
    let insert = diesel::insert_into(bookmarks::table).values(first).on_conflict_do_nothing();
    match insert.execute(connection).await? {
        0 => Err(Failure::Raced),
        _ => Ok(0),
    }
}
