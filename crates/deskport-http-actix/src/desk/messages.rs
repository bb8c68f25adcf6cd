//! Messages: list in both directions, load, post.

mod list;

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use deskport_domain::MessageId;

pub(super) use self::list::list;
use super::{
    answer,
    call::{IdempotencyKey, Said, existing},
    conversations::named,
    request::NewMessage,
    view::Message,
};
use crate::{
    problem::{Kind, Problem},
    state::State,
};

pub(super) async fn load(state: Data<State>, path: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let (conversation, id) = path.into_inner();
    let (conversation, id) = (named(&conversation)?, existing(&id, MessageId::parse, Kind::UnknownMessage)?);
    let message = state.desk.messages.load(&conversation, &id).await?;
    let message = message.ok_or_else(|| Problem::new(Kind::UnknownMessage))?;
    Ok(answer::ok(&Message::from(&message)))
}

pub(super) async fn create(
    state: Data<State>,
    path: Path<String>,
    IdempotencyKey(key): IdempotencyKey,
    said: Said,
) -> Result<HttpResponse, Problem> {
    let message: NewMessage = said.read()?;
    let author = message.author_field();
    let command = message.into_command(&named(&path)?, key, state.options.limits)?;
    let posted = state.desk.messages.post(command).await.map_err(|error| author.problem(error))?;
    Ok(answer::created(&Message::from(&posted)))
}
