//! Conversations: list, load, change, begin.

mod filter;

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use deskport_application::ConversationCursor;
use deskport_domain::{ConversationDetails, ConversationId};

use super::{
    answer,
    call::{Asked, IdempotencyKey, Said, existing},
    cursor,
    request::{ConversationChange, NewConversation},
    view::{Conversation, CreatedConversation, Message, Page},
};
use crate::{
    problem::{Kind, Problem},
    state::State,
};

pub(super) async fn list(state: Data<State>, asked: Asked) -> Result<HttpResponse, Problem> {
    let mut query = filter::read(&asked)?;
    let limit = query.limit as usize;
    query.limit += 1;
    let mut found = state.desk.conversations.list(&query).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next_cursor = found.last().filter(|_| more).map(|last| cursor::text(&place(last)));
    Ok(answer::ok(&Page { data: found.iter().map(Conversation::from).collect(), next_cursor }))
}

pub(super) async fn load(state: Data<State>, path: Path<String>) -> Result<HttpResponse, Problem> {
    let details = state.desk.conversations.load(&named(&path)?).await?;
    Ok(answer::ok(&Conversation::from(&details)))
}

pub(super) async fn update(
    state: Data<State>,
    path: Path<String>,
    said: Said,
) -> Result<HttpResponse, Problem> {
    let command = said.read::<ConversationChange>()?.into_command(&named(&path)?)?;
    let details = state.desk.conversations.update(command).await?;
    Ok(answer::ok(&Conversation::from(&details)))
}

pub(super) async fn create(
    state: Data<State>,
    IdempotencyKey(key): IdempotencyKey,
    said: Said,
) -> Result<HttpResponse, Problem> {
    let (command, author) = said.read::<NewConversation>()?.into_command(key, state.options.limits)?;
    let created = state.desk.conversations.create(command).await;
    let created = created.map_err(|error| author.problem(error))?;
    Ok(answer::created(&CreatedConversation {
        conversation: Conversation::from(&created.conversation),
        message: Message::from(&created.message),
    }))
}

/// The conversation that a path names.
pub(super) fn named(raw: &str) -> Result<ConversationId, Problem> {
    existing(raw, ConversationId::parse, Kind::UnknownConversation)
}

fn place(details: &ConversationDetails) -> ConversationCursor {
    let conversation = &details.conversation;
    ConversationCursor { updated_at: conversation.updated_at, id: conversation.id.clone() }
}
