//! Plain posts, the change that comes most often: all that the writer needs is ready before it
//! takes them, and their statements stay prepared.

mod statements;

use std::sync::Arc;

use deskport_domain::{Author, AuthorId, AuthoredMessage, Message};
use deskport_ports::{Committed, Effect, Missing, StoreError, Stored};
use diesel::{OptionalExtension as _, RunQueryDsl as _};

use self::statements::{AppendEvent, touch};
use super::{
    Connection,
    store::{Task, messages, outbox},
    thread::{self, End, ReadEnd},
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

async fn repeated(connection: &mut Connection, message: &Message) -> Result<Outcome, Failure> {
    let stored = messages::find(connection, &message.conversation, &message.id).await?;
    let stored = stored.ok_or_else(|| StoreError::corrupt("messages.id", Impossible))?;
    Ok(Outcome::Unchanged(Box::new(stored)))
}

impl Task for Arc<PostRow> {
    type Output = Outcome;

    /// Does what any other change set with a message does, see `store::unit_of_work`.
    async fn run(&self, connection: &mut Connection) -> Result<Outcome, Failure> {
        let message = self.message();
        let end = ReadEnd { conversation: &self.conversation_id, message: &self.id };
        let end = end.get_result::<End>(connection).optional()?;
        let end = end.ok_or(Missing::MessageConversation)?;
        let author = messages::author(connection, &message.author, &Committed::default()).await?;
        let author = author.ok_or(Missing::Author)?;
        let (number, last, _, user, has_message) = &end;
        if *has_message {
            return repeated(connection, message).await;
        }
        let sequence = last + 1;
        thread::insert_post(connection, self, *number, sequence)?;
        touch(connection, &end, sequence, self.at)?;
        if let AuthorId::EndUser(author) = &message.author
            && self.user_id() != Some(user)
        {
            messages::guests::note(connection, author, &message.conversation).await?;
        }
        AppendEvent::of(self).execute(connection)?;
        if self.is_told {
            outbox::note_one(connection, self.conversation_id.clone(), self.at).await?;
        }
        Ok(Outcome::Created(author))
    }

    fn count(&self, changes: &Changes) {
        changes.count_message(&self.message().conversation);
    }
}
