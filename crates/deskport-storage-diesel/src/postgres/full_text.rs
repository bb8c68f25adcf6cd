//! Full text search: an index of the words of each document, without a language.
//!
//! The words of messages are kept as text, of which only the index knows a vector: that takes less room.

use diesel::{
    QueryableByName, sql_query,
    sql_types::{Array, BigInt, Binary, Text},
};
use diesel_async::RunQueryDsl;

use super::{
    Connection,
    store::{Document, MessagePlace},
};
use crate::{error::Failure, row::number};

/// Looks at the documents that were written last, when very many match.
///
/// The planner must not see the words: of common ones it would read the whole table, for it takes
/// making a vector of each row for nearly nothing.
const MATCHING: &str = "WITH found_messages AS (
        SELECT conversation_id FROM search_messages
        WHERE array_to_tsvector(string_to_array(words, ' ')) @@ (SELECT $1::tsquery)
        ORDER BY position DESC LIMIT 10000
    ), found AS (
        SELECT owner FROM search_documents WHERE words @@ (SELECT $1::tsquery)
        ORDER BY position DESC LIMIT 10000
    )
    SELECT id FROM (
        SELECT id, updated_at FROM conversations
        WHERE id IN (SELECT conversation_id FROM found_messages)
        UNION SELECT id, updated_at FROM conversations
        WHERE id IN (SELECT substr(owner, 2) FROM found WHERE substr(owner, 1, 1) = '\\x63')
        UNION SELECT id, updated_at FROM conversations
        WHERE user_id IN (SELECT substr(owner, 2) FROM found WHERE substr(owner, 1, 1) = '\\x75')
    ) AS matching ORDER BY updated_at DESC, id DESC LIMIT $2";

const PUT: &str = "INSERT INTO search_documents (owner, part, position, words)
    SELECT owner, part, $1, array_to_tsvector(string_to_array(words, ' '))
    FROM unnest($2, $3, $4) AS put (owner, part, words)
    ON CONFLICT (owner, part) DO UPDATE SET position = excluded.position, words = excluded.words
    WHERE search_documents.words <> excluded.words";

/// No key tells whether a message is known: it takes part in one event, which is dealt with once. A second
/// row, of one that came again after an erasure, would be found no differently, and go with the first.
const PUT_MESSAGES: &str = "INSERT INTO search_messages (position, conversation_id, sequence, words)
    SELECT $1, * FROM unnest($2, $3, $4)";

const REMOVE: &str = "DELETE FROM search_documents WHERE owner = $1 AND part = $2";

const REMOVE_MESSAGE: &str = "DELETE FROM search_messages
    WHERE conversation_id = $1 AND sequence >> 6 = $2 >> 6 AND sequence = $2";

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
    let quoted: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
    let query = sql_query(MATCHING).bind::<Text, _>(format!("{}:*", quoted.join(" & ")));
    let found: Vec<Found> = query.bind::<BigInt, _>(i64::from(limit)).load(connection).await?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

/// Documents that are made of what is stored at one moment. Each is named once.
pub(super) struct Documents {
    position: u64,
    messages: Columns<i64>,
    others: Columns<Vec<u8>>,
}

/// Documents to write, by columns. Their words have spaces in between.
#[derive(Default)]
struct Columns<P> {
    owner: Vec<Vec<u8>>,
    part: Vec<P>,
    words: Vec<String>,
}

impl Documents {
    /// Those of the moment of this event.
    pub(super) fn at(position: u64) -> Self {
        Self { position, messages: Columns::default(), others: Columns::default() }
    }

    /// Makes a message be found by these words, once this is finished.
    pub(super) fn put_message(&mut self, place: &MessagePlace, words: &str) {
        self.messages.push(&place.conversation, place.sequence, words);
    }

    /// Makes a document hold these words, once this is finished.
    pub(super) async fn put(
        &mut self,
        connection: &mut Connection,
        document: &Document,
        new: &str,
    ) -> Result<(), Failure> {
        if new.is_empty() {
            return remove(connection, document).await;
        }
        self.others.push(&document.owner, document.part.clone(), new);
        Ok(())
    }

    /// Writes all documents: one statement for all of a kind.
    pub(super) async fn finish(self, connection: &mut Connection) -> Result<(), Failure> {
        let Self { position, messages, others } = self;
        if !messages.owner.is_empty() {
            let put = sql_query(PUT_MESSAGES).bind::<BigInt, _>(number(position));
            let put = put.bind::<Array<Binary>, _>(messages.owner).bind::<Array<BigInt>, _>(messages.part);
            put.bind::<Array<Text>, _>(messages.words).execute(connection).await?;
        }
        if !others.owner.is_empty() {
            let put = sql_query(PUT).bind::<BigInt, _>(number(position));
            let put = put.bind::<Array<Binary>, _>(others.owner).bind::<Array<Binary>, _>(others.part);
            put.bind::<Array<Text>, _>(others.words).execute(connection).await?;
        }
        Ok(())
    }
}

impl<P> Columns<P> {
    fn push(&mut self, owner: &[u8], part: P, words: &str) {
        self.owner.push(owner.to_vec());
        self.part.push(part);
        self.words.push(words.to_owned());
    }
}

/// Removes the document.
pub(super) async fn remove(connection: &mut Connection, document: &Document) -> Result<(), Failure> {
    let remove = sql_query(REMOVE).bind::<Binary, _>(&document.owner).bind::<Binary, _>(&document.part);
    remove.execute(connection).await?;
    Ok(())
}

/// Makes a message be found no more.
pub(super) async fn remove_message(
    connection: &mut Connection,
    place: &MessagePlace,
    _words: &str,
) -> Result<(), Failure> {
    let remove = sql_query(REMOVE_MESSAGE).bind::<Binary, _>(&place.conversation);
    remove.bind::<BigInt, _>(place.sequence).execute(connection).await?;
    Ok(())
}
