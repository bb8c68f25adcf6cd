//! Conversations: load, update, create.

use actix_web::HttpResponse;
use deskport_wire::{CreateConversation, CreatedConversation, GetConversation, UpdateConversation};

use super::{answer, call::Call};
use crate::problem::Problem;

pub(super) async fn load(call: Call) -> Result<HttpResponse, Problem> {
    let id = call.read::<GetConversation>()?.into_domain()?;
    let details = call.state()?.helpdesk.conversations.load(&id).await?;
    Ok(answer::ok(call.variant, &details))
}

pub(super) async fn update(call: Call) -> Result<HttpResponse, Problem> {
    let command = call.read::<UpdateConversation>()?.into_domain()?;
    let details = call.state()?.helpdesk.conversations.update(command).await?;
    Ok(answer::ok(call.variant, &details))
}

pub(super) async fn create(call: Call) -> Result<HttpResponse, Problem> {
    let command = call.read::<CreateConversation>()?.into_domain(call.state()?.options.limits)?;
    let created = call.state()?.helpdesk.conversations.create(command).await?;
    let both = CreatedConversation { conversation: &created.conversation, message: &created.message };
    Ok(answer::created(call.variant, &both))
}
