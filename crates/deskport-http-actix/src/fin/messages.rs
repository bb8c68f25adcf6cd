//! Messages: list, create.

mod list;

use actix_web::{HttpRequest, HttpResponse, web::Data};
use deskport_application::{MessageQuery, Position};
use deskport_domain::ListMessages;
use deskport_wire::{CreateMessage, GetMessages};

use super::{answer, call::Call};
use crate::{problem::Problem, state::State};

pub(super) async fn list(
    state: Data<State>,
    request: HttpRequest,
    call: Call,
) -> Result<HttpResponse, Problem> {
    let ListMessages { conversation, after } = call.read::<GetMessages>()?.into_domain()?;
    let query = MessageQuery {
        conversation,
        after: after.map_or(Position::Start, Position::Message),
        notes: state.options.notes.clone(),
        limit: state.options.page_size.get(),
    };
    list::answer(&state, query, call.variant, &request).await
}

pub(super) async fn create(state: Data<State>, call: Call) -> Result<HttpResponse, Problem> {
    let command = call.read::<CreateMessage>()?.into_domain(state.options.limits)?;
    let message = state.helpdesk.messages.post(command).await?;
    Ok(answer::created(call.variant, &message))
}
