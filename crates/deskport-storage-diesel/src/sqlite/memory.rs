//! What the writer remembers from one post to the next: where conversations end, and who writes.
//!
//! It is in the database as well, and a post would read it there each time. It holds as long as
//! nobody but posts changes conversations and people: whatever else may change them makes the writer
//! forget all of it first, and so does a commit of another process, and a transaction that fails.

mod bounded;

use deskport_domain::{Attributes, Author, AuthorId, Text, Value};
use deskport_ports::Committed;
use diesel::{
    QueryResult, RunQueryDsl as _,
    query_builder::{AstPass, Query, QueryFragment},
    sql_types::BigInt,
    sqlite::Sqlite as Backend,
};

use self::bounded::Bounded;
use super::{
    Connection, finish,
    statement::stays_prepared,
    store::messages,
    thread::{self, End},
};
use crate::error::Failure;

/// What is remembered of conversations, in bytes: some 20,000 of them.
const ENDS_BYTES: usize = 24 * 1024 * 1024;
/// What is remembered of people, in bytes.
const AUTHORS_BYTES: usize = 8 * 1024 * 1024;
/// The longest that is remembered of a person, in bytes. Attributes have no limit of their own.
const LONGEST: usize = 2048;

/// What is remembered.
#[derive(Debug)]
pub(super) struct Memory {
    pub(super) ends: Ends,
    pub(super) authors: Authors,
    version: i64,
}

/// Where conversations end, by their keys.
#[derive(Debug)]
pub(super) struct Ends(Bounded<End>);

/// Authors, by their keys.
#[derive(Debug)]
pub(super) struct Authors(Bounded<Author>);

impl Memory {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        let ends = Ends(Bounded::new(ENDS_BYTES, End::bytes));
        Self { ends, authors: Authors(Bounded::new(AUTHORS_BYTES, length)), version: 0 }
    }

    /// Within a transaction, before anything else: forgets all, if another process wrote meanwhile.
    pub(super) fn begin(&mut self, connection: &mut Connection) -> QueryResult<()> {
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
        if !self.0.contains(key) {
            let Some(end) = thread::end(connection, key)? else { return Ok(None) };
            self.0.insert(key, end);
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
    ) -> Result<Option<Author>, Failure> {
        if let Some(author) = self.0.get_mut(key) {
            return Ok(Some(author.clone()));
        }
        let found = finish(messages::author(connection, id, &Committed::default()))?;
        if let Some(author) = &found
            && length(author) <= LONGEST
        {
            self.0.insert(key, author.clone());
        }
        Ok(found)
    }
}

/// About how long what is known of an author is, in bytes.
fn length(author: &Author) -> usize {
    match author {
        Author::EndUser(user) => {
            texts(&[&user.name, &user.email, &user.photo_url]) + members(&user.attributes)
        }
        Author::Agent(agent) => texts(&[&agent.name, &agent.email, &agent.alias, &agent.photo_url]),
    }
}

fn texts(texts: &[&Option<Text>]) -> usize {
    texts.iter().map(|text| text.as_ref().map_or(0, |text| text.len())).sum()
}

fn members(attributes: &Attributes) -> usize {
    attributes.iter().map(|(name, value)| name.len() + of_value(value)).sum()
}

fn of_value(value: &Value) -> usize {
    size_of::<Value>()
        + match value {
            Value::Text(text) => text.len(),
            Value::List(values) => values.iter().map(of_value).sum(),
            Value::Object(object) => members(object),
            Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        }
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

#[cfg(test)]
mod tests {
    use deskport_domain::EndUser;
    use deskport_testkit::build::{a_user, an_agent};

    use super::*;

    fn with(name: &str, value: Value) -> Author {
        let mut attributes = Attributes::default();
        attributes.insert(name.into(), value);
        Author::EndUser(EndUser { attributes, ..a_user().build() })
    }

    #[test]
    fn people_as_they_are_everywhere_are_remembered() {
        let plan = with("plan", Value::Text("pro".into()));
        for author in [plan, Author::Agent(an_agent().name("Ann").build())] {
            assert!(length(&author) <= LONGEST);
        }
    }

    #[test]
    fn people_of_whom_much_is_known_are_not_wherever_it_stands() {
        let long = || Value::Text("x".repeat(LONGEST).into());
        let mut object = Attributes::default();
        object.insert("a".into(), long());
        let values =
            [long(), Value::List(vec![long()]), Value::Object(object), Value::List(vec![Value::Null; 1000])];
        for value in values {
            assert!(length(&with("a", value)) > LONGEST);
        }
        assert!(length(&with(&"x".repeat(LONGEST), Value::Null)) > LONGEST);
        assert!(length(&Author::Agent(an_agent().name("x".repeat(LONGEST + 1)).build())) > LONGEST);
    }
}
