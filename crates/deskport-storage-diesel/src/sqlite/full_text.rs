//! Full text search: FTS5 without a copy of the texts. To remove a document its words are given
//! again: those of messages follow from the message, others are kept beside.

use diesel::{
    ExpressionMethods as _, OptionalExtension, QueryDsl, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{BigInt, Binary, Text},
};

use super::{Connection, store::Document};
use crate::error::Failure;

diesel::table! {
    search_documents (id) {
        id -> BigInt,
        owner -> Binary,
        part -> Binary,
        words -> Nullable<Text>,
    }
}

/// Looks at the documents that were written last, when very many match.
const MATCHING: &str = "WITH found AS (
        SELECT owner FROM search_words CROSS JOIN search_documents ON search_documents.id = search_words.rowid
        WHERE search_words MATCH ? ORDER BY search_words.rowid DESC LIMIT 10000
    )
    SELECT id FROM (
        SELECT id, updated_at FROM conversations
        WHERE id IN (SELECT substr(owner, 2) FROM found WHERE substr(owner, 1, 1) = X'63')
        UNION SELECT id, updated_at FROM conversations
        WHERE user_id IN (SELECT substr(owner, 2) FROM found WHERE substr(owner, 1, 1) = X'75')
    ) ORDER BY updated_at DESC, id DESC LIMIT ?";

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

/// Makes the document hold these words.
pub(super) async fn put(
    connection: &mut Connection,
    document: &Document,
    new: &str,
    _position: u64,
) -> Result<(), Failure> {
    use search_documents::{owner, part, table, words};

    if let Some((id, old)) = find(connection, document)? {
        let Some(old) = old.filter(|old| old != new) else { return Ok(()) };
        drop_document(connection, id, &old)?;
    }
    if new.is_empty() {
        return Ok(());
    }
    let kept = (!document.is_fixed).then_some(new);
    let row = (owner.eq(&document.owner), part.eq(&document.part), words.eq(kept));
    let insert = diesel::insert_into(table).values(row).returning(search_documents::id);
    let id: i64 = insert.get_result(connection)?;
    let insert = sql_query("INSERT INTO search_words (rowid, words) VALUES (?, ?)");
    insert.bind::<BigInt, _>(id).bind::<Text, _>(new).execute(connection)?;
    Ok(())
}

/// Removes the document; `words` are those that it holds, if it never changes.
pub(super) async fn remove(
    connection: &mut Connection,
    document: &Document,
    words: &str,
) -> Result<(), Failure> {
    match find(connection, document)? {
        Some((id, kept)) => drop_document(connection, id, kept.as_deref().unwrap_or(words)),
        None => Ok(()),
    }
}

fn find(connection: &mut Connection, document: &Document) -> Result<Option<(i64, Option<String>)>, Failure> {
    use search_documents::{id, owner, part, table, words};

    let query = table.filter(owner.eq(&document.owner)).filter(part.eq(&document.part));
    Ok(query.select((id, words)).get_result(connection).optional()?)
}

fn drop_document(connection: &mut Connection, id: i64, words: &str) -> Result<(), Failure> {
    let delete = "INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', ?, ?)";
    sql_query(delete).bind::<BigInt, _>(id).bind::<Text, _>(words).execute(connection)?;
    diesel::delete(search_documents::table.find(id)).execute(connection)?;
    Ok(())
}
