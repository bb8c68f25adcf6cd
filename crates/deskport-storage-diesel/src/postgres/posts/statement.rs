//! One statement that stores many messages, each at the end of its conversation.
//!
//! It is a transaction by itself and costs one round trip. It stores what is new beyond doubt, and
//! tells which messages those are. All others it leaves alone: repeats, messages whose author or
//! conversation is not there, and those of end users in conversations of others. What others store
//! at the same moment it cannot see; it fails as a whole when it meets a key of theirs.
//!
//! Conversations are locked one after the other, in the order of the messages.

use diesel::{
    QueryResult,
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Array, BigInt, Binary, Bool, Nullable, Text},
};

use super::{
    super::people::{Columns, people},
    Post,
};
use crate::row::{agent::AgentRow, user::UserRow};

const BEFORE: &str = "WITH post AS (SELECT * FROM unnest(";

const AFTER: &str = concat!(
    ") WITH ORDINALITY AS post (conversation_id, id, author, is_private, created_at, body, attachments,
            event_id, at, origin, kind, user_id, agent_id, is_told, number)
    ), fresh AS (
        SELECT post.*, held.last_sequence + row_number() OVER mine AS sequence,
            greatest(held.last_place + 1, max(at) OVER mine) + row_number() OVER mine - 1 AS place
        FROM post CROSS JOIN LATERAL (
            SELECT user_id, last_sequence, last_place FROM conversations
            WHERE conversations.id = post.conversation_id FOR NO KEY UPDATE
        ) AS held
        WHERE NOT EXISTS (
            SELECT FROM messages
            WHERE messages.conversation_id = post.conversation_id AND messages.id = post.id
        ) AND coalesce(
            post.user_id = held.user_id, (SELECT true FROM agents WHERE agents.id = post.agent_id)
        )
        WINDOW mine AS (PARTITION BY post.conversation_id ORDER BY number)
    ), touched AS (
        UPDATE conversations SET last_sequence = latest.sequence, last_place = latest.place,
            updated_at = greatest(updated_at, latest.at), activity = greatest(updated_at, latest.at) >> 13
        FROM (
            SELECT conversation_id, max(sequence) AS sequence, max(place) AS place, max(at) AS at
            FROM fresh GROUP BY conversation_id
        ) AS latest
        WHERE conversations.id = latest.conversation_id
    ), written AS (
        INSERT INTO messages
            (conversation_id, sequence, id, author, is_private, created_at, body, attachments)
        SELECT conversation_id, sequence, id, author, is_private, created_at, body, attachments FROM fresh
    ), logged AS (
        INSERT INTO new_events
            (conversation_id, id, place, at, origin, kind, message_id, user_id, agent_id)
        SELECT conversation_id, event_id, place, at, origin, kind, id, user_id, agent_id FROM fresh
    ), told AS (
        INSERT INTO deliveries AS known (conversation_id, version, standing, due_since, next_at)
        SELECT conversation_id, count(*), 'pending', min(at), min(at) FROM fresh
        WHERE is_told GROUP BY conversation_id ORDER BY conversation_id
        ON CONFLICT (conversation_id) DO UPDATE SET version = known.version + excluded.version,
            standing = CASE known.standing WHEN 'parked' THEN 'parked' ELSE 'pending' END,
            due_since = CASE known.standing WHEN 'delivered' THEN excluded.due_since ELSE known.due_since END,
            next_at = CASE known.standing WHEN 'delivered' THEN excluded.next_at ELSE known.next_at END
    )
    SELECT number, ",
    people!(),
    " FROM fresh
    LEFT JOIN LATERAL (SELECT * FROM users WHERE id = fresh.user_id LIMIT 1) AS users ON true
    LEFT JOIN LATERAL (SELECT * FROM agents WHERE id = fresh.agent_id LIMIT 1) AS agents ON true"
);

/// A message that was stored: its number among those that were given, from 1; and its author.
pub(super) type Stored = (i64, Option<UserRow>, Option<AgentRow>);

/// The statement with the messages to store, by columns.
#[derive(Default)]
pub(super) struct StorePosts<'a> {
    conversation_id: Vec<&'a [u8]>,
    id: Vec<&'a [u8]>,
    author: Vec<&'a [u8]>,
    is_private: Vec<bool>,
    created_at: Vec<i64>,
    body: Vec<Option<&'a str>>,
    attachments: Vec<Option<&'a str>>,
    event_id: Vec<&'a [u8]>,
    at: Vec<i64>,
    origin: Vec<&'static str>,
    kind: Vec<&'static str>,
    user_id: Vec<Option<&'a [u8]>>,
    agent_id: Vec<Option<&'a [u8]>>,
    is_told: Vec<bool>,
}

impl<'a> FromIterator<&'a Post> for StorePosts<'a> {
    fn from_iter<T: IntoIterator<Item = &'a Post>>(posts: T) -> Self {
        let mut columns = Self::default();
        for Post { row, .. } in posts {
            columns.conversation_id.push(&row.conversation_id);
            columns.id.push(&row.id);
            columns.author.push(&row.author);
            columns.is_private.push(row.is_private);
            columns.created_at.push(row.created_at);
            columns.body.push(row.body());
            columns.attachments.push(row.attachments.as_deref());
            columns.event_id.push(&row.event_id);
            columns.at.push(row.at);
            columns.origin.push(row.origin);
            columns.kind.push(row.kind);
            columns.user_id.push(row.user_id());
            columns.agent_id.push(row.agent_id());
            columns.is_told.push(row.is_told);
        }
        columns
    }
}

impl Query for StorePosts<'_> {
    type SqlType = (BigInt, Nullable<Columns<UserRow>>, Nullable<Columns<AgentRow>>);
}

/// Other than `sql_query`, this stays a prepared statement.
impl QueryId for StorePosts<'_> {
    type QueryId = StorePosts<'static>;

    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryFragment<Pg> for StorePosts<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(BEFORE);
        out.push_bind_param::<Array<Binary>, _>(&self.conversation_id)?;
        out.push_sql("::bytea[], ");
        out.push_bind_param::<Array<Binary>, _>(&self.id)?;
        out.push_sql("::bytea[], ");
        out.push_bind_param::<Array<Binary>, _>(&self.author)?;
        out.push_sql("::bytea[], ");
        out.push_bind_param::<Array<Bool>, _>(&self.is_private)?;
        out.push_sql("::bool[], ");
        out.push_bind_param::<Array<BigInt>, _>(&self.created_at)?;
        out.push_sql("::bigint[], ");
        out.push_bind_param::<Array<Nullable<Text>>, _>(&self.body)?;
        out.push_sql("::text[], ");
        out.push_bind_param::<Array<Nullable<Text>>, _>(&self.attachments)?;
        out.push_sql("::text[], ");
        out.push_bind_param::<Array<Binary>, _>(&self.event_id)?;
        out.push_sql("::bytea[], ");
        out.push_bind_param::<Array<BigInt>, _>(&self.at)?;
        out.push_sql("::bigint[], ");
        out.push_bind_param::<Array<Text>, _>(&self.origin)?;
        out.push_sql("::text[], ");
        out.push_bind_param::<Array<Text>, _>(&self.kind)?;
        out.push_sql("::text[], ");
        out.push_bind_param::<Array<Nullable<Binary>>, _>(&self.user_id)?;
        out.push_sql("::bytea[], ");
        out.push_bind_param::<Array<Nullable<Binary>>, _>(&self.agent_id)?;
        out.push_sql("::bytea[], ");
        out.push_bind_param::<Array<Bool>, _>(&self.is_told)?;
        out.push_sql("::bool[]");
        out.push_sql(AFTER);
        Ok(())
    }
}
