//! Messages.

pub(in super::super) mod guests;
pub(in super::super) mod page;
mod take;

use deskport_domain::{Author, AuthorId, AuthoredMessage, ConversationId, Message, MessageId, Timestamp};
use deskport_ports::{Committed, Effect, Missing, StoreError, Stored};
use diesel::OptionalExtension;

use super::{Connection, RunQueryDsl, agents, conversations, created, log::Places, thread, unchanged, users};
use crate::{
    error::Failure,
    row::{Impossible, conversation::activity, key::Key, message::NewMessageRow},
};

use self::take::{TakeNext, Taken};

/// Looks up the author of a message to post. Where something else is to be written before it, this
/// also makes sure that there is a conversation; else posting itself will see that.
pub(super) async fn plan(
    connection: &mut Connection,
    message: &Message,
    planned: &Committed,
) -> Result<Author, Failure> {
    let author = author(connection, &message.author, planned).await?;
    let is_planned = planned
        .conversation
        .as_ref()
        .is_some_and(|planned| planned.value.conversation.id == message.conversation);
    let posting_will_see = author.is_some() && !writes_anything(planned);
    if !(is_planned || posting_will_see) {
        let is_stored = conversations::exists(connection, &message.conversation).await?;
        is_stored.then_some(()).ok_or(Missing::MessageConversation)?;
    }
    Ok(author.ok_or(Missing::Author)?)
}

/// Posts a message at the end of its conversation, unless it is there already.
pub(super) async fn post(
    connection: &mut Connection,
    message: &Message,
    author: Author,
    at: Timestamp,
    places: &mut Places,
) -> Result<Stored<AuthoredMessage>, Failure> {
    let take = TakeNext {
        conversation: message.conversation.key(),
        message: message.id.key(),
        at: at.as_millis(),
        activity: activity(at.as_millis()),
        place: places.conversation,
    };
    // Whoever took a number holds the conversation until the commit, so that numbers are in the
    // order of commits.
    let Some((sequence, place, user)) = run!(take.get_result::<Taken>(connection)).optional()? else {
        let stored = find(connection, &message.conversation, &message.id).await?;
        return stored.map(unchanged).ok_or(Failure::Missing(Missing::MessageConversation));
    };
    places.message = place;
    if let AuthorId::EndUser(author) = &message.author
        && author.key() != user
    {
        guests::note(connection, author, &message.conversation).await?;
    }
    let row = NewMessageRow::new(message, sequence);
    if thread::insert(connection, &row).await? == 0 {
        return Err(Failure::Raced);
    }
    Ok(created(AuthoredMessage { message: message.clone(), author }))
}

/// One message, with its author.
pub(in super::super) async fn find(
    connection: &mut Connection,
    conversation: &ConversationId,
    id: &MessageId,
) -> Result<Option<AuthoredMessage>, Failure> {
    let row = thread::find(connection, &conversation.key(), &id.key()).await?;
    let Some(row) = row else { return Ok(None) };
    let message = row.into_message(conversation)?.message;
    let author = author(connection, &message.author, &Committed::default()).await?;
    let author = author.ok_or_else(|| StoreError::corrupt("messages.author", Impossible))?;
    Ok(Some(AuthoredMessage { message, author }))
}

/// The author of a message, as planned or as stored.
pub(in super::super) async fn author(
    connection: &mut Connection,
    id: &AuthorId,
    planned: &Committed,
) -> Result<Option<Author>, Failure> {
    Ok(match id {
        AuthorId::EndUser(id) => {
            users::planned_or_stored(connection, planned.user.as_ref(), id).await?.map(Author::EndUser)
        }
        AuthorId::Agent(id) => {
            agents::planned_or_stored(connection, planned.agent.as_ref(), id).await?.map(Author::Agent)
        }
    })
}

fn writes_anything(planned: &Committed) -> bool {
    let effects = [
        planned.agent.as_ref().map(|agent| agent.effect),
        planned.user.as_ref().map(|user| user.effect),
        planned.conversation.as_ref().map(|conversation| conversation.effect),
    ];
    effects.into_iter().flatten().any(|effect| effect != Effect::Unchanged)
}
