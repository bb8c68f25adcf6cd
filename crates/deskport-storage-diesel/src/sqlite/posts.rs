//! Plain posts, the change that comes most often: all that the writer needs is ready before it
//! takes them, and their statements stay prepared.

mod statements;

use std::sync::Arc;

use deskport_domain::{Author, AuthorId, AuthoredMessage, Message};
use deskport_ports::{Committed, Effect, Missing, StoreError, Stored};
use diesel::RunQueryDsl as _;

use self::statements::{AppendEvent, touch};
use super::{
    Connection, finish,
    memory::Memory,
    store::{messages, outbox},
    writer::Work,
};
use crate::{
    changes::Changes,
    error::Failure,
    row::{Impossible, post::PostRow},
};

/// What became of a post.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The message is stored; this is its author.
    Created(Author),
    /// It was there before, as this.
    Unchanged(Box<AuthoredMessage>),
}

/// The answer to whoever posted.
pub(super) fn committed(post: Arc<PostRow>, outcome: Outcome) -> Committed {
    let stored = match outcome {
        Outcome::Created(author) => {
            let message =
                Arc::try_unwrap(post).map_or_else(|post| post.message().clone(), PostRow::into_message);
            Stored { value: AuthoredMessage { message, author }, effect: Effect::Created }
        }
        Outcome::Unchanged(value) => Stored { value: *value, effect: Effect::Unchanged },
    };
    Committed { message: Some(stored), ..Committed::default() }
}

fn repeated(connection: &mut Connection, message: &Message) -> Result<Outcome, Failure> {
    let stored = finish(messages::find(connection, &message.conversation, &message.id))?;
    let stored = stored.ok_or_else(|| StoreError::corrupt("messages.id", Impossible))?;
    Ok(Outcome::Unchanged(Box::new(stored)))
}

impl Work for Arc<PostRow> {
    type Output = Outcome;

    /// Does what any other change set with a message does, see `store::unit_of_work`.
    fn run(&self, connection: &mut Connection, memory: &mut Memory) -> Result<Outcome, Failure> {
        let message = self.message();
        let end = memory.ends.of(connection, &self.conversation_id)?.ok_or(Missing::MessageConversation)?;
        let author = memory.authors.of(connection, &self.author, &message.author)?.ok_or(Missing::Author)?;
        if end.has(connection, &self.id)? {
            return repeated(connection, message);
        }
        let before = end.updated_at;
        end.append(connection, self)?;
        touch(connection, end, before)?;
        if let AuthorId::EndUser(author) = &message.author
            && self.user_id() != Some(&end.user)
        {
            finish(messages::guests::note(connection, author, &message.conversation))?;
        }
        AppendEvent::of(self).execute(connection)?;
        if self.is_told {
            finish(outbox::note_one(connection, self.conversation_id.clone(), self.at))?;
        }
        Ok(Outcome::Created(author))
    }

    fn count(&self, changes: &Changes) {
        changes.count_message(&self.message().conversation);
    }
}
