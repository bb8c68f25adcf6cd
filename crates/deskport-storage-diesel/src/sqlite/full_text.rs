//! Full text search: FTS5 without a copy of the texts. To remove a document its words are given
//! again: those of messages follow from the message, others are kept beside.
//!
//! The words of a message have its number, all others a negative number.

use diesel::{
    ExpressionMethods as _, OptionalExtension, QueryDsl, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{BigInt, Binary, Text},
};

use deskport_ports::StoreError;

use super::{
    Connection,
    store::{Document, MessagePlace},
    thread,
};
use crate::error::Failure;

diesel::table! {
    search_documents (id) {
        id -> BigInt,
        owner -> Binary,
        part -> Binary,
        words -> Text,
    }
}

diesel::table! {
    search_messages (number) {
        number -> BigInt,
        slot -> BigInt,
    }
}

/// Looks at the documents that were written last, when very many match.
const MATCHING: &str = "WITH found_messages AS (
        SELECT rowid AS number FROM search_words
        WHERE search_words MATCH ?1 AND rowid > 0 ORDER BY rowid DESC LIMIT 10000
    ), found AS (
        SELECT owner FROM search_words CROSS JOIN search_documents ON search_documents.id = -search_words.rowid
        WHERE search_words MATCH ?1 AND search_words.rowid < 0 ORDER BY search_words.rowid LIMIT 10000
    )
    SELECT id FROM (
        SELECT id, updated_at FROM conversations
        WHERE number IN (SELECT slot >> 24 FROM found_messages CROSS JOIN search_messages USING (number))
        UNION SELECT id, updated_at FROM conversations
        WHERE id IN (SELECT substr(owner, 2) FROM found WHERE substr(owner, 1, 1) = X'63')
        UNION SELECT id, updated_at FROM conversations
        WHERE user_id IN (SELECT substr(owner, 2) FROM found WHERE substr(owner, 1, 1) = X'75')
    ) ORDER BY updated_at DESC, id DESC LIMIT ?2";

/// Stores words by the numbers of their documents, given as JSON.
const PUT: &str = "INSERT INTO search_words (rowid, words) SELECT value ->> 0, value ->> 1 FROM json_each(?)";

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Binary)]
    id: Vec<u8>,
}

/// The keys of the conversations in which all words occur, latest activity first. The last word may
/// be the beginning of one.
pub(super) async fn matching(
    connection: &mut Connection,
    words: &[String],
    limit: u32,
) -> Result<Vec<Vec<u8>>, Failure> {
    let quoted: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
    let query = sql_query(MATCHING).bind::<Text, _>(format!("{} *", quoted.join(" AND ")));
    let found: Vec<Found> = query.bind::<BigInt, _>(i64::from(limit)).load(connection)?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

/// Documents that are made of what is stored at one moment.
#[derive(Default)]
pub(super) struct Documents {
    /// What messages are to be found by.
    messages: Vec<(MessagePlace, String)>,
    /// The words of other documents, by number.
    new: Vec<(i64, String)>,
}

impl Documents {
    /// Those of the moment of this event.
    pub(super) fn at(_position: u64) -> Self {
        Self::default()
    }

    /// Makes a message be found by these words, once this is finished.
    pub(super) fn put_message(&mut self, place: &MessagePlace, words: &str) {
        self.messages.push((place.clone(), words.to_owned()));
    }

    /// Makes a document hold these words, once this is finished.
    pub(super) async fn put(
        &mut self,
        connection: &mut Connection,
        document: &Document,
        new: &str,
    ) -> Result<(), Failure> {
        use search_documents::{owner, part, table, words};

        if let Some((id, old)) = find(connection, document)? {
            if old == new {
                return Ok(());
            }
            drop_document(connection, id, &old)?;
        }
        if new.is_empty() {
            return Ok(());
        }
        let row = (owner.eq(&document.owner), part.eq(&document.part), words.eq(new));
        let insert = diesel::insert_into(table).values(row).returning(search_documents::id);
        self.new.push((-insert.get_result::<i64>(connection)?, new.to_owned()));
        Ok(())
    }

    /// Writes the words of all documents in one statement: FTS5 sorts and stores what it has at the
    /// end of each.
    pub(super) async fn finish(self, connection: &mut Connection) -> Result<(), Failure> {
        let Self { messages, mut new } = self;
        for (place, words) in messages {
            new.extend(note(connection, &place)?.map(|number| (number, words)));
        }
        let all = serde_json::to_string(&new).map_err(StoreError::backend)?;
        sql_query(PUT).bind::<Text, _>(all).execute(connection)?;
        Ok(())
    }
}

/// Notes that search knows a message; tells its number, if it is there and was not known.
fn note(connection: &mut Connection, place: &MessagePlace) -> Result<Option<i64>, Failure> {
    let found = thread::place(connection, &place.conversation, place.sequence)?;
    let Some((number, slot)) = found else { return Ok(None) };
    let row = (search_messages::number.eq(number), search_messages::slot.eq(slot));
    let insert = diesel::insert_into(search_messages::table).values(row).on_conflict_do_nothing();
    Ok((insert.execute(connection)? == 1).then_some(number))
}

/// Removes the document.
pub(super) async fn remove(connection: &mut Connection, document: &Document) -> Result<(), Failure> {
    match find(connection, document)? {
        Some((id, kept)) => drop_document(connection, id, &kept),
        None => Ok(()),
    }
}

/// Makes a message, which has these words, be found no more.
pub(super) async fn remove_message(
    connection: &mut Connection,
    place: &MessagePlace,
    words: &str,
) -> Result<(), Failure> {
    let found = thread::place(connection, &place.conversation, place.sequence)?;
    let Some((number, _)) = found else { return Ok(()) };
    // It may not have been dealt with yet.
    match diesel::delete(search_messages::table.find(number)).execute(connection)? {
        0 => Ok(()),
        _ => drop_words(connection, number, words),
    }
}

fn find(connection: &mut Connection, document: &Document) -> Result<Option<(i64, String)>, Failure> {
    use search_documents::{id, owner, part, table, words};

    let query = table.filter(owner.eq(&document.owner)).filter(part.eq(&document.part));
    Ok(query.select((id, words)).get_result(connection).optional()?)
}

fn drop_document(connection: &mut Connection, id: i64, words: &str) -> Result<(), Failure> {
    drop_words(connection, -id, words)?;
    diesel::delete(search_documents::table.find(id)).execute(connection)?;
    Ok(())
}

fn drop_words(connection: &mut Connection, number: i64, words: &str) -> Result<(), Failure> {
    let delete = "INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', ?, ?)";
    sql_query(delete).bind::<BigInt, _>(number).bind::<Text, _>(words).execute(connection)?;
    Ok(())
}
