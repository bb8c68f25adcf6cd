//! Messages: list, create.

mod list;

use actix_web::HttpResponse;
use deskport_application::{MessageQuery, Position};
use deskport_domain::ListMessages;
use deskport_wire::{CreateMessage, GetMessages};

use super::{answer, call::Call};
use crate::problem::Problem;

pub(super) async fn list(call: Call) -> Result<HttpResponse, Problem> {
    let ListMessages { conversation, after } = call.read::<GetMessages>()?.into_domain()?;
    let query = MessageQuery {
        conversation,
        after: after.map_or(Position::Start, Position::Message),
        notes: call.state()?.options.notes.clone(),
        limit: call.state()?.options.page_size.get(),
    };
    list::answer(&call, query).await
}

pub(super) async fn create(call: Call) -> Result<HttpResponse, Problem> {
    let command = call.read::<CreateMessage>()?.into_domain(call.state()?.options.limits)?;
    let message = call.state()?.helpdesk.messages.post(command).await?;
    Ok(answer::created(call.variant, &message))
}
