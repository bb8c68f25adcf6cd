//! What a cache of messages goes by, where several servers write: a conversation's last number, and
//! the count of erasures.

use std::collections::HashMap;

use deskport_ports::ThreadVersion;
use diesel::{ExpressionMethods as _, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::{loader::Lookup, store::erase};
use crate::{
    error::Failure,
    row::count,
    schema::{bookmarks, conversations},
};

diesel::allow_tables_to_appear_in_same_query!(bookmarks, conversations);

/// The versions of conversations that there are.
#[derive(Debug)]
pub(super) struct Versions;

impl Lookup for Versions {
    type Key = Vec<u8>;
    type Value = ThreadVersion;

    /// One statement sees both parts of a version at the same moment. An erasure counts for all
    /// conversations: it may remove messages from any of them.
    async fn load(
        mut connection: &AsyncPgConnection,
        keys: Vec<&Vec<u8>>,
    ) -> Result<HashMap<Vec<u8>, ThreadVersion>, Failure> {
        use conversations::{id, last_sequence, table};

        let erasures = bookmarks::table.find(erase::BOOKMARK).select(bookmarks::position).single_value();
        let query = table.filter(id.eq_any(keys)).select((id, last_sequence, erasures));
        let rows: Vec<(Vec<u8>, i64, Option<i64>)> = query.load(&mut connection).await?;
        let version = |(key, last, erasures): (Vec<u8>, i64, Option<i64>)| {
            let additions = count("conversations.last_sequence", last)?;
            let edition = count("bookmarks.position", erasures.unwrap_or(0))?;
            Ok((key, ThreadVersion { edition, additions }))
        };
        rows.into_iter().map(version).collect()
    }
}
