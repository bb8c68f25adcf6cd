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
    VALUES ($1, $2, $3, array_to_tsvector($4))
    ON CONFLICT (owner, part) DO UPDATE SET position = excluded.position, words = excluded.words
    WHERE search_documents.words <> excluded.words";

const PUT_ONCE: &str = "INSERT INTO search_documents (owner, part, position, words)
    VALUES ($1, $2, $3, array_to_tsvector($4)) ON CONFLICT (owner, part) DO NOTHING";

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

/// Documents that are made of what is stored at one moment.
pub(super) struct Documents {
    position: u64,
}

impl Documents {
    /// Those of the moment of this event.
    pub(super) fn at(position: u64) -> Self {
        Self { position }
    }

    /// Makes a document hold these words.
    pub(super) async fn put(
        &mut self,
        connection: &mut Connection,
        document: &Document,
        new: &str,
    ) -> Result<(), Failure> {
        if new.is_empty() {
            return remove(connection, document, new).await;
        }
        let words: Vec<&str> = new.split(' ').collect();
        let put = sql_query(if document.is_fixed { PUT_ONCE } else { PUT });
        let put = put.bind::<Binary, _>(&document.owner).bind::<Binary, _>(&document.part);
        let put = put.bind::<BigInt, _>(number(self.position)).bind::<Array<Text>, _>(words);
        put.execute(connection).await?;
        Ok(())
    }

    /// Everything is there already.
    #[expect(clippy::unused_async, reason = "the twin writes on SQLite")]
    pub(super) async fn finish(self, _connection: &mut Connection) -> Result<(), Failure> {
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
