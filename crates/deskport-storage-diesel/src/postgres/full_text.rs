//! Full text search: a vector of words per document, without a language.

use diesel::{
    QueryableByName, sql_query,
    sql_types::{Array, BigInt, Binary, Text},
};
use diesel_async::RunQueryDsl;

use super::{Connection, store::Document};
use crate::{error::Failure, row::number};

/// Looks at the documents that were written last, when very many match.
const MATCHING: &str = "WITH found AS (
        SELECT owner FROM search_documents WHERE words @@ $1::tsquery ORDER BY position DESC LIMIT 10000
    )
    SELECT id FROM (
        SELECT id, updated_at FROM conversations
        WHERE id IN (SELECT substr(owner, 2) FROM found WHERE substr(owner, 1, 1) = '\\x63')
        UNION SELECT id, updated_at FROM conversations
        WHERE user_id IN (SELECT substr(owner, 2) FROM found WHERE substr(owner, 1, 1) = '\\x75')
    ) AS matching ORDER BY updated_at DESC, id DESC LIMIT $2";

const PUT: &str = "INSERT INTO search_documents (owner, part, position, words)
    SELECT owner, part, $1, array_to_tsvector(string_to_array(words, ' '))
    FROM unnest($2, $3, $4) AS put (owner, part, words)
    ON CONFLICT (owner, part) DO UPDATE SET position = excluded.position, words = excluded.words
    WHERE search_documents.words <> excluded.words";

const PUT_ONCE: &str = "INSERT INTO search_documents (owner, part, position, words)
    SELECT owner, part, $1, array_to_tsvector(string_to_array(words, ' '))
    FROM unnest($2, $3, $4) AS put (owner, part, words) ON CONFLICT (owner, part) DO NOTHING";

const REMOVE: &str = "DELETE FROM search_documents WHERE owner = $1 AND part = $2";

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
    fixed: Columns,
    changing: Columns,
}

/// Documents to write, by columns. Their words have spaces in between.
#[derive(Default)]
struct Columns {
    owner: Vec<Vec<u8>>,
    part: Vec<Vec<u8>>,
    words: Vec<String>,
}

impl Documents {
    /// Those of the moment of this event.
    pub(super) fn at(position: u64) -> Self {
        Self { position, fixed: Columns::default(), changing: Columns::default() }
    }

    /// Makes a document hold these words when this is finished.
    pub(super) async fn put(
        &mut self,
        connection: &mut Connection,
        document: &Document,
        new: &str,
    ) -> Result<(), Failure> {
        if new.is_empty() {
            return remove(connection, document, new).await;
        }
        let columns = if document.is_fixed { &mut self.fixed } else { &mut self.changing };
        columns.owner.push(document.owner.clone());
        columns.part.push(document.part.clone());
        columns.words.push(new.to_owned());
        Ok(())
    }

    /// Writes all documents: one statement for all of a kind.
    pub(super) async fn finish(self, connection: &mut Connection) -> Result<(), Failure> {
        for (statement, columns) in [(PUT_ONCE, self.fixed), (PUT, self.changing)] {
            if columns.owner.is_empty() {
                continue;
            }
            let put = sql_query(statement).bind::<BigInt, _>(number(self.position));
            let put = put.bind::<Array<Binary>, _>(columns.owner).bind::<Array<Binary>, _>(columns.part);
            put.bind::<Array<Text>, _>(columns.words).execute(connection).await?;
        }
        Ok(())
    }
}

/// Removes the document.
pub(super) async fn remove(
    connection: &mut Connection,
    document: &Document,
    _words: &str,
) -> Result<(), Failure> {
    let remove = sql_query(REMOVE).bind::<Binary, _>(&document.owner).bind::<Binary, _>(&document.part);
    remove.execute(connection).await?;
    Ok(())
}
