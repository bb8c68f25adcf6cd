//! `deskport agent`: who may answer end users.

use deskport_application::AgentError;
use deskport_domain::{Agent, AgentId, AgentUpdate, Patch, Text};
use serde::Serialize;

use super::store::{failed, open, open_to_add};
use super::when::{state, when};
use crate::cli::AgentCommand;
use crate::failure::{Failure, Outcome};
use crate::output::{self, Form};
use crate::settings::Settings;

/// An agent as it is shown.
#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    name: Option<&'a str>,
    email: Option<&'a str>,
    alias: Option<&'a str>,
    photo_url: Option<&'a str>,
    created_at: String,
    disabled_at: Option<String>,
}

/// Adds, lists or changes agents.
pub(crate) async fn run(command: AgentCommand, settings: &Settings) -> Outcome {
    match command {
        AgentCommand::Add { fields, json } => {
            let helpdesk = open_to_add(settings).await?;
            let agent = helpdesk.agents.add(fields.into_update()).await.map_err(failed)?;
            print(&agent, Form::json_if(json))
        }
        AgentCommand::List { json } => list(Form::json_if(json), settings).await,
        AgentCommand::Update { id, fields, clear, json } => {
            let agent = update(&id, clear.apply_to(fields.into_update()), settings).await?;
            print(&agent, Form::json_if(json))
        }
        AgentCommand::Disable { id } => {
            let agents = open(settings).await?.agents;
            let agent = agents.disable(known(&id)?).await.map_err(|error| refused(error, &id))?;
            output::line(&format!("disabled {}", agent.id))
        }
        AgentCommand::Enable { id } => {
            let enable = AgentUpdate { disabled_at: Patch::Clear, ..AgentUpdate::default() };
            let agent = update(&id, enable, settings).await?;
            output::line(&format!("enabled {}", agent.id))
        }
    }
}

async fn update(id: &str, update: AgentUpdate, settings: &Settings) -> Outcome<Agent> {
    let agents = open(settings).await?.agents;
    agents.update(known(id)?, update).await.map_err(|error| refused(error, id))
}

fn known(id: &str) -> Outcome<AgentId> {
    AgentId::parse(id).map_err(|_| no_such_agent(id))
}

fn refused(error: AgentError, id: &str) -> Failure {
    match error {
        AgentError::Unknown => no_such_agent(id),
        AgentError::Store(error) => failed(error),
    }
}

fn no_such_agent(id: &str) -> Failure {
    Failure::new(format!("there is no agent {id:?}"))
}

fn print(agent: &Agent, form: Form) -> Outcome {
    let shown = Shown::from(agent);
    match form {
        Form::Json => output::json(&shown),
        Form::Human => output::pairs(&[
            ("id", shown.id),
            ("name", shown.name.unwrap_or("-")),
            ("email", shown.email.unwrap_or("-")),
            ("alias", shown.alias.unwrap_or("-")),
            ("photo", shown.photo_url.unwrap_or("-")),
        ]),
    }
}

async fn list(form: Form, settings: &Settings) -> Outcome {
    let agents = open(settings).await?.agents.all().await.map_err(failed)?;
    let shown: Vec<Shown<'_>> = agents.iter().map(Shown::from).collect();
    match form {
        Form::Json => output::json(&shown),
        Form::Human => {
            let rows: Vec<_> = agents.iter().map(row).collect();
            output::table(&["ID", "STATE", "NAME", "ALIAS", "EMAIL", "PHOTO"], &rows)
        }
    }
}

fn row(agent: &Agent) -> Vec<String> {
    let cell = |text: &Option<Text>| text.as_deref().unwrap_or("-").to_owned();
    let state = state(agent.disabled_at, "disabled");
    let Agent { name, alias, email, photo_url, .. } = agent;
    vec![agent.id.to_string(), state, cell(name), cell(alias), cell(email), cell(photo_url)]
}

impl<'a> From<&'a Agent> for Shown<'a> {
    fn from(agent: &'a Agent) -> Self {
        Self {
            id: agent.id.as_str(),
            name: agent.name.as_deref(),
            email: agent.email.as_deref(),
            alias: agent.alias.as_deref(),
            photo_url: agent.photo_url.as_deref(),
            created_at: when(agent.created_at),
            disabled_at: agent.disabled_at.map(when),
        }
    }
}
