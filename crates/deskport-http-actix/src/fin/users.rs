//! End users: load, update, create.

use actix_web::{HttpResponse, web::Data};
use deskport_wire::{CreateUser, GetUser, UpdateUser};

use super::{answer, call::Call};
use crate::{problem::Problem, state::State};

pub(super) async fn load(state: Data<State>, call: Call) -> Result<HttpResponse, Problem> {
    let id = call.read::<GetUser>()?.into_domain()?;
    let user = state.helpdesk.users.load(&id).await?;
    Ok(answer::ok(call.variant, &user))
}

pub(super) async fn update(state: Data<State>, call: Call) -> Result<HttpResponse, Problem> {
    let command = call.read::<UpdateUser>()?.into_domain()?;
    let user = state.helpdesk.users.update(command).await?;
    Ok(answer::ok(call.variant, &user))
}

pub(super) async fn create(state: Data<State>, call: Call) -> Result<HttpResponse, Problem> {
    let command = call.read::<CreateUser>()?.into_domain();
    let user = state.helpdesk.users.create(command).await?;
    Ok(answer::created(call.variant, &user))
}
