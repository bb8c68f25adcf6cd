//! Telling Fin that an agent is typing: now or never.

use actix_web::{
    HttpResponse,
    rt::time::timeout,
    web::{Data, Path},
};
use deskport_application::{AgentError, HintError};
use deskport_domain::{AgentId, ConversationId};

use super::{answer, call::Said, conversations::named, request::Typing, view::Sent};
use crate::{problem::Problem, state::State};

pub(super) async fn show(
    state: Data<State>,
    path: Path<String>,
    said: Said,
) -> Result<HttpResponse, Problem> {
    let agent = said.read::<Typing>()?.agent()?;
    let conversation = state.desk.conversations.load(&named(&path)?).await?.conversation;
    let sent = hint(&state, conversation.id, &agent).await?;
    Ok(answer::accepted(&Sent { sent }))
}

/// Whether a hint went out. One that takes too long is given up.
async fn hint(state: &State, conversation: ConversationId, agent: &AgentId) -> Result<bool, Problem> {
    let Some(hints) = &state.options.typing else {
        state.desk.agents.load(agent).await.map_err(|error| match error {
            AgentError::Unknown => HintError::UnknownAgent,
            AgentError::Store(error) => HintError::Store(error),
        })?;
        return Ok(false);
    };
    match timeout(state.options.typing_timeout, hints.hint(conversation, agent)).await {
        Ok(hinted) => Ok(hinted?),
        Err(_elapsed) => Ok(false),
    }
}
