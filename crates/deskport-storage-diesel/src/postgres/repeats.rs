//! Posts that are there already: their messages as they are stored, looked up together.

use std::collections::HashMap;

use deskport_domain::{AuthorId, AuthoredMessage, ConversationId, Message, MessageId};
use deskport_ports::{ChangeSet, Committed, Effect, StoreError, Stored};
use diesel::{
    QueryResult,
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Array, BigInt, Binary, Nullable},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::{
    loader::Lookup,
    people::{self, Columns, joined_people, people},
};
use crate::{
    error::Failure,
    row::{
        agent::AgentRow,
        key::{Key, author_key},
        message::MessageRow,
        user::UserRow,
    },
};

const BEFORE: &str = concat!(
    "SELECT number, found.sequence, found.id, found.author, found.is_private, found.created_at, found.body,
        found.attachments, ",
    people!(),
    " FROM unnest("
);
const AFTER: &str = concat!(
    ") WITH ORDINALITY AS post (conversation_id, message_id, posted_by, number) CROSS JOIN LATERAL (
        SELECT * FROM messages WHERE conversation_id = post.conversation_id AND id = post.message_id LIMIT 1
    ) AS found",
    joined_people!(),
    " WHERE author = posted_by"
);

/// Stored messages, by what a repeat says of them.
#[derive(Debug)]
pub(super) struct Repeats;

/// A post that may be a repeat. Only if its author wrote the stored message, too, the author is
/// known to be there; any other repeat is checked like a new post.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Posted {
    conversation: ConversationId,
    message: MessageId,
    author: AuthorId,
}

impl Posted {
    /// The post that a change is, if it is nothing but a post.
    pub(super) fn of(changes: &ChangeSet) -> Option<Self> {
        let ChangeSet { agent: None, user: None, conversation: None, message: Some(message), .. } = changes
        else {
            return None;
        };
        let Message { conversation, id, author, .. } = message;
        Some(Self { conversation: conversation.clone(), message: id.clone(), author: author.clone() })
    }
}

/// What a repeat leaves in the store.
pub(super) fn unchanged(value: AuthoredMessage) -> Committed {
    let message = Stored { value, effect: Effect::Unchanged };
    Committed { message: Some(message), ..Committed::default() }
}

impl Lookup for Repeats {
    type Key = Posted;
    type Value = AuthoredMessage;

    async fn load(
        mut connection: &AsyncPgConnection,
        keys: Vec<&Posted>,
    ) -> Result<HashMap<Posted, AuthoredMessage>, Failure> {
        let rows: Vec<Row> = keys.iter().copied().collect::<ReadStored>().load(&mut connection).await?;
        let mut found = HashMap::with_capacity(rows.len());
        for (number, row, user, agent) in rows {
            let key = usize::try_from(number - 1).ok().and_then(|place| keys.get(place));
            // One that makes no sense is left out: whoever asks alone is told why.
            if let Some(key) = key
                && let Ok(Some(message)) = stored(key, row, user, agent)
            {
                found.insert((*key).clone(), message);
            }
        }
        Ok(found)
    }
}

fn stored(
    key: &Posted,
    row: MessageRow,
    user: Option<UserRow>,
    agent: Option<AgentRow>,
) -> Result<Option<AuthoredMessage>, StoreError> {
    let Some(author) = people::author(user, agent)? else { return Ok(None) };
    let message = row.into_message(&key.conversation)?.message;
    Ok(Some(AuthoredMessage { message, author }))
}

/// The number of a post among those that were given, from 1; the message, and its author.
type Row = (i64, MessageRow, Option<UserRow>, Option<AgentRow>);

/// The statement with what to look for, by columns.
#[derive(QueryId, Default)]
struct ReadStored {
    conversation: Vec<Vec<u8>>,
    message: Vec<Vec<u8>>,
    author: Vec<Vec<u8>>,
}

impl<'a> FromIterator<&'a Posted> for ReadStored {
    fn from_iter<T: IntoIterator<Item = &'a Posted>>(posts: T) -> Self {
        let mut columns = Self::default();
        for Posted { conversation, message, author } in posts {
            columns.conversation.push(conversation.key());
            columns.message.push(message.key());
            columns.author.push(author_key(author));
        }
        columns
    }
}

impl Query for ReadStored {
    type SqlType = (BigInt, Columns<MessageRow>, Nullable<Columns<UserRow>>, Nullable<Columns<AgentRow>>);
}

/// Other than `sql_query`, this stays a prepared statement.
impl QueryFragment<Pg> for ReadStored {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(BEFORE);
        out.push_bind_param::<Array<Binary>, _>(&self.conversation)?;
        out.push_sql("::bytea[], ");
        out.push_bind_param::<Array<Binary>, _>(&self.message)?;
        out.push_sql("::bytea[], ");
        out.push_bind_param::<Array<Binary>, _>(&self.author)?;
        out.push_sql("::bytea[]");
        out.push_sql(AFTER);
        Ok(())
    }
}
