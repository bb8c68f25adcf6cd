//! What the writer remembers from one post to the next: where conversations end, and who writes.
//!
//! It is in the database as well, and a post would read it there each time. It holds as long as
//! nobody but posts changes conversations and people: whatever else may change them makes the writer
//! forget all of it first, and so does a commit of another process, and a transaction that fails.

use std::collections::HashMap;

use deskport_domain::{Author, AuthorId};
use deskport_ports::Committed;
use diesel::{
    QueryResult, RunQueryDsl as _,
    query_builder::{AstPass, Query, QueryFragment},
    sql_types::BigInt,
    sqlite::Sqlite as Backend,
};

use super::{
    Connection, finish,
    statement::stays_prepared,
    store::messages,
    thread::{self, End},
};
use crate::error::Failure;

/// How many conversations are remembered, and how many people: 12 MiB in all, or less.
const MOST: usize = 2048;

/// What is remembered.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) ends: Ends,
    pub(super) authors: Authors,
    version: i64,
}

/// Where conversations end, by their keys.
#[derive(Debug, Default)]
pub(super) struct Ends(HashMap<Vec<u8>, End>);

/// Authors, by their keys.
#[derive(Debug, Default)]
pub(super) struct Authors(HashMap<Vec<u8>, Author>);

impl Memory {
    /// Within a transaction, before anything else: forgets all, if another process wrote meanwhile.
    pub(super) fn begin(&mut self, connection: &mut Connection) -> Result<(), Failure> {
        let version = ReadVersion.get_result(connection)?;
        if version != self.version {
            self.forget();
            self.version = version;
        }
        Ok(())
    }

    /// Forgets all.
    pub(super) fn forget(&mut self) {
        self.ends.0.clear();
        self.authors.0.clear();
    }
}

impl Ends {
    /// Where a conversation ends, if there is one with this key.
    pub(super) fn of(
        &mut self,
        connection: &mut Connection,
        key: &[u8],
    ) -> Result<Option<&mut End>, Failure> {
        if !self.0.contains_key(key) {
            let Some(end) = thread::end(connection, key)? else { return Ok(None) };
            insert(&mut self.0, key, end);
        }
        Ok(self.0.get_mut(key))
    }
}

impl Authors {
    /// An author, if there is one with this id, of which `key` is the key.
    pub(super) fn of(
        &mut self,
        connection: &mut Connection,
        key: &[u8],
        id: &AuthorId,
    ) -> Result<Option<&Author>, Failure> {
        if !self.0.contains_key(key) {
            let found = finish(messages::author(connection, id, &Committed::default()))?;
            let Some(author) = found else { return Ok(None) };
            insert(&mut self.0, key, author);
        }
        Ok(self.0.get(key))
    }
}

/// Where all places are taken, all begin anew.
fn insert<T>(remembered: &mut HashMap<Vec<u8>, T>, key: &[u8], value: T) {
    if remembered.len() >= MOST {
        remembered.clear();
    }
    remembered.insert(key.to_vec(), value);
}

/// Reads a number that is another one after a commit of another connection.
struct ReadVersion;

impl Query for ReadVersion {
    type SqlType = BigInt;
}

impl QueryFragment<Backend> for ReadVersion {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql("PRAGMA data_version");
        Ok(())
    }
}

stays_prepared! {
    ReadVersion = ReadVersion,
}
