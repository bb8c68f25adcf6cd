//! Commits: everything is looked up and decided first, and only then is anything written.
//!
//! So a refused change set has written nothing, and its neighbors in the same transaction need not
//! suffer for it.

use async_trait::async_trait;
use deskport_domain::Timestamp;
use deskport_ports::{ChangeSet, CommitError, Committed, Consequences, Effect, UnitOfWork};

use super::{Connection, Store, Task, agents, conversations, log, messages, outbox, users};
use crate::{changes::Changes, error::Failure};

#[async_trait]
impl UnitOfWork for Store {
    async fn commit(&self, changes: ChangeSet) -> Result<Committed, CommitError> {
        Ok(self.database.commit(changes).await?)
    }
}

impl Task for ChangeSet {
    type Output = Committed;

    async fn run(&self, connection: &mut Connection) -> Result<Committed, Failure> {
        let mut planned = Committed::default();
        if let Some(change) = &self.agent {
            planned.agent = Some(agents::plan(connection, change, self.at).await?);
        }
        if let Some(change) = &self.user {
            planned.user = Some(users::plan(connection, change, self.at).await?);
        }
        if let Some(change) = &self.conversation {
            let conversation = conversations::plan(connection, change, self.at, &planned).await?;
            planned.conversation = Some(conversation);
        }
        let author = match &self.message {
            Some(message) => Some(messages::plan(connection, message, &planned).await?),
            None => None,
        };
        let mut places = write(connection, &planned, self.at).await?;
        if let (Some(message), Some(author)) = (&self.message, author) {
            let posted = messages::post(connection, message, author, self.at, &mut places).await?;
            if let (Some(conversation), Effect::Created) = (&mut planned.conversation, posted.effect)
                && conversation.value.conversation.id == message.conversation
            {
                conversation.value.conversation.touch(self.at);
            }
            planned.message = Some(posted);
        }
        let follow = Consequences::of(self.id, self.origin, self.at, &planned);
        log::append(connection, &follow.events, places).await?;
        outbox::note(connection, &follow, self.at).await?;
        Ok(planned)
    }

    fn count(&self, changes: &Changes) {
        changes.count(self);
    }
}

async fn write(
    connection: &mut Connection,
    planned: &Committed,
    at: Timestamp,
) -> Result<log::Places, Failure> {
    let mut places = log::Places::at(at);
    if let Some(agent) = &planned.agent {
        agents::write(connection, agent).await?;
    }
    if let Some(user) = &planned.user {
        users::write(connection, user).await?;
    }
    if let Some(conversation) = &planned.conversation {
        places.conversation = conversations::write(connection, conversation, at).await?;
    }
    Ok(places)
}
