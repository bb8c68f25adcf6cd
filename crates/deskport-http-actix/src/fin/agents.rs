//! Agents: the list from which the one that stands for Fin is picked.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::{answer, call::Call};
use crate::problem::Problem;

/// A request that says nothing; its body may be missing.
#[derive(Default, Deserialize)]
#[serde(default)]
struct GetAgents {}

pub(super) async fn list(call: Call) -> Result<HttpResponse, Problem> {
    let GetAgents {} = call.read_or_default()?;
    let agents = call.state()?.helpdesk.agents.list().await?;
    Ok(answer::ok(call.variant, agents.as_slice()))
}
