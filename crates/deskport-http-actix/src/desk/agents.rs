//! Agents: list, load, bring, take out of the choice and back.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use deskport_domain::AgentId;

use super::{
    answer,
    call::{Said, existing, given},
    request::AgentProfile,
    view::{Agent, Page},
};
use crate::{
    problem::{Kind, Problem},
    state::State,
};

pub(super) async fn list(state: Data<State>) -> Result<HttpResponse, Problem> {
    let agents = state.desk.agents.all().await?;
    Ok(answer::ok(&Page { data: agents.iter().map(Agent::from).collect(), next_cursor: None }))
}

pub(super) async fn load(state: Data<State>, path: Path<String>) -> Result<HttpResponse, Problem> {
    let agent = state.desk.agents.load(&named(&path)?).await?;
    Ok(answer::ok(&Agent::from(&agent)))
}

pub(super) async fn upsert(
    state: Data<State>,
    path: Path<String>,
    said: Said,
) -> Result<HttpResponse, Problem> {
    let id = given("agent_id", &path, AgentId::parse)?;
    let update = said.read::<AgentProfile>()?.into_update();
    let agent = state.desk.agents.upsert(id, update).await?;
    Ok(answer::ok(&Agent::from(&agent)))
}

pub(super) async fn disable(state: Data<State>, path: Path<String>) -> Result<HttpResponse, Problem> {
    let agent = state.desk.agents.disable(named(&path)?).await?;
    Ok(answer::ok(&Agent::from(&agent)))
}

pub(super) async fn enable(state: Data<State>, path: Path<String>) -> Result<HttpResponse, Problem> {
    let agent = state.desk.agents.enable(named(&path)?).await?;
    Ok(answer::ok(&Agent::from(&agent)))
}

fn named(raw: &str) -> Result<AgentId, Problem> {
    existing(raw, AgentId::parse, Kind::UnknownAgent)
}
