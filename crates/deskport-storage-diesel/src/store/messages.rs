//! Messages.

pub(super) mod guests;
pub(in super::super) mod page;

use deskport_domain::{Author, AuthorId, AuthoredMessage, ConversationId, Message, MessageId, Timestamp};
use deskport_ports::{Committed, Effect, Missing, StoreError, Stored};
use diesel::{
    BoolExpressionMethods, ExpressionMethods as _, OptionalExtension, QueryDsl, SelectableHelper,
    dsl::{case_when, exists, not},
};

use super::{Connection, RunQueryDsl, agents, conversations, created, log::Places, unchanged, users};
use crate::{
    error::Failure,
    row::{
        Impossible,
        key::Key,
        message::{MessageRow, NewMessageRow},
    },
    schema::{conversations as conversation_table, messages},
};

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
    let Some((sequence, place, user)) = next_sequence(connection, message, at, places).await? else {
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
    let insert = diesel::insert_into(messages::table).values(&row).on_conflict_do_nothing();
    if run!(insert.execute(connection))? == 0 {
        return Err(Failure::Raced);
    }
    Ok(created(AuthoredMessage { message: message.clone(), author }))
}

/// Takes the conversation's next number and place and touches the conversation, and tells its end
/// user's key; `None` if there is none, or the message is there already. Whoever took a number holds the row until the commit, so that
/// numbers are in commit order.
async fn next_sequence(
    connection: &mut Connection,
    message: &Message,
    at: Timestamp,
    places: &Places,
) -> Result<Option<(i64, i64, Vec<u8>)>, Failure> {
    use conversation_table::{id, last_place, last_sequence, table, updated_at, user_id};

    let conversation = message.conversation.key();
    let repeated = messages::table
        .filter(messages::conversation_id.eq(conversation.clone()).and(messages::id.eq(message.id.key())));
    let at = at.as_millis();
    let take = diesel::update(table.filter(id.eq(conversation).and(not(exists(repeated)))))
        .set((
            last_sequence.eq(last_sequence + 1),
            updated_at.eq(case_when(updated_at.gt(at), updated_at).otherwise(at)),
            last_place.eq(conversations::next_place(places.conversation)),
        ))
        .returning((last_sequence, last_place, user_id));
    Ok(run!(take.get_result(connection)).optional()?)
}

/// One message, with its author.
pub(super) async fn find(
    connection: &mut Connection,
    conversation: &ConversationId,
    id: &MessageId,
) -> Result<Option<AuthoredMessage>, Failure> {
    let same = messages::conversation_id.eq(conversation.key()).and(messages::id.eq(id.key()));
    let query = messages::table.filter(same).select(MessageRow::as_select());
    let Some(row) = run!(query.get_result::<MessageRow>(connection)).optional()? else { return Ok(None) };
    let message = row.into_message(conversation)?.message;
    let author = author(connection, &message.author, &Committed::default()).await?;
    let author = author.ok_or_else(|| StoreError::corrupt("messages.author", Impossible))?;
    Ok(Some(AuthoredMessage { message, author }))
}

async fn author(
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
