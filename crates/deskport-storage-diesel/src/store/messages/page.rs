//! Pages of messages.
//!
//! A page is a range of sequence numbers and has no LIMIT: SQLite would prepare a statement with a
//! bound limit anew each time, and the conversation's last number, which is read first, says
//! already whether there is anything to read at all.

use std::collections::BTreeSet;

use async_trait::async_trait;
use deskport_domain::{Author, AuthorId, AuthoredMessage, ConversationId, MessageId};
use deskport_ports::{
    MessagePage, MessageQuery, MessageRepository, Notes, Position, SequencedMessage, StoreError,
    ThreadVersion,
};
use diesel::{
    BoolExpressionMethods, ExpressionMethods as _, JoinOnDsl, NullableExpressionMethods, OptionalExtension,
    QueryDsl, SelectableHelper,
};

use crate::{
    error::Failure,
    row::{
        key::{Key, author_key},
        message::MessageRow,
    },
    schema::{conversations, messages},
};

use super::{
    super::{Connection, RunQueryDsl, Store, Task, agents, users},
    find,
};

#[async_trait]
impl MessageRepository for Store {
    async fn messages(&self, query: &MessageQuery) -> Result<Option<MessagePage>, StoreError> {
        Ok(self.database.read(query).await?)
    }

    async fn message(
        &self,
        conversation: &ConversationId,
        id: &MessageId,
    ) -> Result<Option<AuthoredMessage>, StoreError> {
        Ok(self.database.read(&OneMessage { conversation: conversation.clone(), id: id.clone() }).await?)
    }

    async fn thread_version(
        &self,
        conversation: &ConversationId,
    ) -> Result<Option<ThreadVersion>, StoreError> {
        Ok(self.database.all_changes().map(|changes| changes.thread(conversation)))
    }

    fn people_version(&self, people: &[AuthorId]) -> Option<u64> {
        self.database.all_changes().map(|changes| changes.people(people))
    }
}

struct OneMessage {
    conversation: ConversationId,
    id: MessageId,
}

impl Task for OneMessage {
    type Output = Option<AuthoredMessage>;

    async fn run(&self, connection: &mut Connection) -> Result<Option<AuthoredMessage>, Failure> {
        find(connection, &self.conversation, &self.id).await
    }
}

impl Task for MessageQuery {
    type Output = Option<MessagePage>;

    async fn run(&self, connection: &mut Connection) -> Result<Option<MessagePage>, Failure> {
        let Some((mut read, last)) = bounds(connection, self).await? else { return Ok(None) };
        let mut messages = Vec::new();
        let mut room = self.limit.max(1);
        // Notes that are left out leave room on the page.
        while read < last && room > 0 {
            let until = last.min(read.saturating_add(room.into()));
            let found = range(connection, self, read, until).await?;
            room = room.saturating_sub(u32::try_from(found.len()).unwrap_or(room));
            messages.extend(found);
            read = until;
        }
        let authors = authors(connection, &messages).await?;
        let next = (read < last).then_some(Position::Sequence(read.unsigned_abs()));
        Ok(Some(MessagePage { messages, authors, next }))
    }
}

/// The numbers of the last message before the page and of the last in the conversation.
async fn bounds(connection: &mut Connection, query: &MessageQuery) -> Result<Option<(i64, i64)>, Failure> {
    use conversations::{id, last_sequence, table};

    let conversation = query.conversation.key();
    if let Position::Message(after) = &query.after {
        let same = messages::conversation_id.eq(id).and(messages::id.eq(after.key()));
        let bounds = table
            .left_join(messages::table.on(same))
            .filter(id.eq(conversation))
            .select((messages::sequence.nullable(), last_sequence));
        let bounds = run!(bounds.get_result::<(Option<i64>, i64)>(connection)).optional()?;
        return Ok(bounds.map(|(after, last)| (after.unwrap_or(0), last)));
    }
    let after = match query.after {
        Position::Sequence(after) => i64::try_from(after).unwrap_or(i64::MAX),
        _ => 0,
    };
    let last = table.find(conversation).select(last_sequence);
    Ok(run!(last.get_result(connection)).optional()?.map(|last| (after, last)))
}

/// The messages after one number until another, without those that the query leaves out.
async fn range(
    connection: &mut Connection,
    query: &MessageQuery,
    after: i64,
    until: i64,
) -> Result<Vec<SequencedMessage>, Failure> {
    let all = messages::table
        .filter(messages::conversation_id.eq(query.conversation.key()))
        .filter(messages::sequence.gt(after).and(messages::sequence.le(until)))
        .order(messages::sequence)
        .select(MessageRow::as_select());
    let rows: Vec<MessageRow> = match &query.notes {
        Notes::All => run!(all.load(connection))?,
        Notes::By(agent) => {
            let author = author_key(&AuthorId::Agent(agent.clone()));
            let shown = messages::is_private.eq(false).or(messages::author.eq(author));
            run!(all.filter(shown).load(connection))?
        }
    };
    into_messages(rows, &query.conversation)
}

pub(in super::super) fn into_messages(
    rows: Vec<MessageRow>,
    conversation: &ConversationId,
) -> Result<Vec<SequencedMessage>, Failure> {
    Ok(rows.into_iter().map(|row| row.into_message(conversation)).collect::<Result<_, _>>()?)
}

/// Each author once. By key and not by a join: that would make PostgreSQL read all users when they
/// are few, and they live elsewhere in a store that is spread over machines.
pub(in super::super) async fn authors(
    connection: &mut Connection,
    messages: &[SequencedMessage],
) -> Result<Vec<Author>, Failure> {
    let ids: BTreeSet<&AuthorId> = messages.iter().map(|sequenced| &sequenced.message.author).collect();
    let (mut user_keys, mut agent_keys) = (Vec::new(), Vec::new());
    for id in ids {
        match id {
            AuthorId::EndUser(id) => user_keys.push(id.key()),
            AuthorId::Agent(id) => agent_keys.push(id.key()),
        }
    }
    let mut authors = Vec::with_capacity(user_keys.len() + agent_keys.len());
    if !user_keys.is_empty() {
        authors.extend(users::find_all(connection, &user_keys).await?.into_iter().map(Author::EndUser));
    }
    if !agent_keys.is_empty() {
        authors.extend(agents::find_all(connection, &agent_keys).await?.into_iter().map(Author::Agent));
    }
    Ok(authors)
}
