//! Pages of messages.

use std::collections::BTreeSet;

use async_trait::async_trait;
use deskport_domain::{Author, AuthorId, AuthoredMessage, ConversationId, MessageId};
use deskport_ports::{
    MessagePage, MessageQuery, MessageRepository, SequencedMessage, StoreError, ThreadVersion,
};

use super::{
    super::{Connection, Store, Task, agents, page, users},
    find,
};
use crate::{
    error::Failure,
    row::{key::Key, message::MessageRow},
};

#[async_trait]
impl MessageRepository for Store {
    async fn messages(&self, query: &MessageQuery) -> Result<Option<MessagePage>, StoreError> {
        Ok(self.database.look_up(query).await?)
    }

    async fn message(
        &self,
        conversation: &ConversationId,
        id: &MessageId,
    ) -> Result<Option<AuthoredMessage>, StoreError> {
        Ok(self.database.look_up(&OneMessage { conversation: conversation.clone(), id: id.clone() }).await?)
    }

    async fn thread_version(
        &self,
        conversation: &ConversationId,
    ) -> Result<Option<ThreadVersion>, StoreError> {
        Ok(self.database.thread_version(conversation).await?)
    }

    fn people_version(&self, people: &[AuthorId]) -> Option<u64> {
        self.database.people_version(people)
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
        page::read(connection, self).await
    }
}

pub(in super::super::super) fn into_messages(
    rows: Vec<MessageRow>,
    conversation: &ConversationId,
) -> Result<Vec<SequencedMessage>, Failure> {
    Ok(rows.into_iter().map(|row| row.into_message(conversation)).collect::<Result<_, _>>()?)
}

/// Each author once, by key.
pub(in super::super::super) async fn authors(
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
