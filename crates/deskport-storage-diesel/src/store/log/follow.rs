//! Those who follow the log: how far they have come, and who leads.

use deskport_ports::{Lease, StoreError};
use diesel::{BoolExpressionMethods, ExpressionMethods as _, OptionalExtension, QueryDsl};

use super::super::{Connection, Database, RunQueryDsl, Task};
use crate::{
    error::Failure,
    row::{count, number},
    schema::{bookmarks, leads},
};

struct ReadBookmark(String);

struct NoteBookmark {
    name: String,
    position: u64,
}

pub(super) async fn read(database: &Database, name: &str) -> Result<u64, StoreError> {
    Ok(database.read(&ReadBookmark(name.to_owned())).await?)
}

pub(super) async fn note(database: &Database, name: &str, position: u64) -> Result<(), StoreError> {
    Ok(database.write_beside(NoteBookmark { name: name.to_owned(), position }).await?)
}

impl Task for ReadBookmark {
    type Output = u64;

    async fn run(&self, connection: &mut Connection) -> Result<u64, Failure> {
        bookmark(connection, &self.0).await
    }
}

impl Task for NoteBookmark {
    type Output = ();

    async fn run(&self, connection: &mut Connection) -> Result<(), Failure> {
        move_bookmark(connection, &self.name, self.position).await
    }
}

/// How far a follower has come.
pub(in super::super) async fn bookmark(connection: &mut Connection, name: &str) -> Result<u64, Failure> {
    let query = bookmarks::table.find(name).select(bookmarks::position);
    let position: Option<i64> = run!(query.get_result(connection)).optional()?;
    Ok(count("bookmarks.position", position.unwrap_or(0))?)
}

/// The same, and nobody else moves it until the transaction ends.
pub(in super::super) async fn locked_bookmark(
    connection: &mut Connection,
    name: &str,
) -> Result<u64, Failure> {
    let first = (bookmarks::name.eq(name), bookmarks::position.eq(0_i64));
    let query = locked!(bookmarks::table.find(name).select(bookmarks::position));
    let position: Option<i64> = run!(query.get_result(connection)).optional()?;
    if let Some(position) = position {
        return Ok(count("bookmarks.position", position)?);
    }
    let insert = diesel::insert_into(bookmarks::table).values(first).on_conflict_do_nothing();
    if run!(insert.execute(connection))? == 0 {
        return Err(Failure::Raced);
    }
    Ok(0)
}

/// Notes how far a follower has come, unless it was further.
pub(in super::super) async fn move_bookmark(
    connection: &mut Connection,
    name: &str,
    position: u64,
) -> Result<(), Failure> {
    let row = (bookmarks::name.eq(name), bookmarks::position.eq(number(position)));
    let insert = diesel::insert_into(bookmarks::table).values(row).on_conflict_do_nothing();
    if run!(insert.execute(connection))? == 0 {
        let behind = bookmarks::name.eq(name).and(bookmarks::position.lt(number(position)));
        let forward = diesel::update(bookmarks::table.filter(behind));
        run!(forward.set(bookmarks::position.eq(number(position))).execute(connection))?;
    }
    Ok(())
}

impl Task for Lease {
    type Output = bool;

    async fn run(&self, connection: &mut Connection) -> Result<bool, Failure> {
        use leads::{holder, table, until, work};

        let me = self.holder.to_be_bytes().to_vec();
        let row = (work.eq(self.work), holder.eq(&me), until.eq(self.until.as_millis()));
        let insert = diesel::insert_into(table).values(row).on_conflict_do_nothing();
        if run!(insert.execute(connection))? == 1 {
            return Ok(true);
        }
        let free = holder.eq(&me).or(until.le(self.now.as_millis()));
        let take = diesel::update(table.filter(work.eq(self.work).and(free)));
        let take = take.set((holder.eq(&me), until.eq(self.until.as_millis())));
        Ok(run!(take.execute(connection))? == 1)
    }
}
