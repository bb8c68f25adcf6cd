//! End users: list, load, bring, change, erase.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use deskport_application::UserQuery;
use deskport_domain::{UpdateUser, UserId};

use super::{
    answer,
    call::{Asked, Faults, Said, existing, given},
    cursor,
    request::UserProfile,
    view::{Page, Receipt, User},
};
use crate::{
    problem::{Kind, Problem},
    state::State,
};

pub(super) async fn list(state: Data<State>, asked: Asked) -> Result<HttpResponse, Problem> {
    let mut faults = Faults::default();
    let after = faults.note(cursor::asked::<UserId>(&asked)).flatten();
    let limit = faults.note(asked.limit()).unwrap_or_default();
    faults.refuse()?;
    let mut users = state.desk.users.list(&UserQuery { after, limit: limit + 1 }).await?;
    let more = users.len() > limit as usize;
    users.truncate(limit as usize);
    let next_cursor = users.last().filter(|_| more).map(|last| cursor::text(&last.id));
    Ok(answer::ok(&Page { data: users.iter().map(User::from).collect(), next_cursor }))
}

pub(super) async fn load(state: Data<State>, path: Path<String>) -> Result<HttpResponse, Problem> {
    let user = state.desk.users.load(&named(&path)?).await?;
    Ok(answer::ok(&User::from(&user)))
}

pub(super) async fn upsert(
    state: Data<State>,
    path: Path<String>,
    said: Said,
) -> Result<HttpResponse, Problem> {
    let user = given("user_id", &path, UserId::parse)?;
    let update = said.read::<UserProfile>()?.into_update();
    let stored = state.desk.users.upsert(UpdateUser { user, update }).await?;
    Ok(answer::ok(&User::from(&stored.value)))
}

pub(super) async fn update(
    state: Data<State>,
    path: Path<String>,
    said: Said,
) -> Result<HttpResponse, Problem> {
    let user = named(&path)?;
    let update = said.read::<UserProfile>()?.into_update();
    let user = state.desk.users.update(UpdateUser { user, update }).await?;
    Ok(answer::ok(&User::from(&user)))
}

pub(super) async fn erase(state: Data<State>, path: Path<String>) -> Result<HttpResponse, Problem> {
    let user = named(&path)?;
    let receipt = state.desk.users.erase(user.clone()).await?;
    Ok(answer::ok(&Receipt::new(&user, state.desk.now(), receipt)))
}

fn named(raw: &str) -> Result<UserId, Problem> {
    existing(raw, UserId::parse, Kind::UnknownUser)
}
