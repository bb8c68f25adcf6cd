//! End users: load, update, create.

use actix_web::HttpResponse;
use deskport_wire::{CreateUser, GetUser, UpdateUser};

use super::{answer, call::Call};
use crate::problem::Problem;

pub(super) async fn load(call: Call) -> Result<HttpResponse, Problem> {
    let id = call.read::<GetUser>()?.into_domain()?;
    let user = call.state()?.helpdesk.users.load(&id).await?;
    Ok(answer::ok(call.variant, &user))
}

pub(super) async fn update(call: Call) -> Result<HttpResponse, Problem> {
    let command = call.read::<UpdateUser>()?.into_domain()?;
    let user = call.state()?.helpdesk.users.update(command).await?;
    Ok(answer::ok(call.variant, &user))
}

pub(super) async fn create(call: Call) -> Result<HttpResponse, Problem> {
    let command = call.read::<CreateUser>()?.into_domain();
    let user = call.state()?.helpdesk.users.create(command).await?;
    Ok(answer::created(call.variant, &user))
}
