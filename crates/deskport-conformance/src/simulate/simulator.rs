//! Plays a scenario, keeps what Fin believes, and compares it with the server.

mod act;
mod run;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde_json::{Value, json};
use thiserror::Error;

use super::audience::{Audience, Happening, Reporter, Side};
use super::belief::Thread;
use super::clock::Clock;
use super::compare::{self, Comparison, Difference, Flaw};
use super::desk::Desk;
use super::fin::Fin;
use super::news::News;
use super::{Scenario, SimulateOptions, Step};
use crate::client::answer::id_of;
use crate::client::request::{self, Person};
use crate::client::{Client, ClientError, Endpoint};

/// Fin, its Messenger, and the people of the helpdesk, around one server.
#[derive(Debug)]
pub struct Simulator {
    pub(super) fin: Fin,
    pub(super) threads: Vec<Thread>,
    /// Whose turn it is: the thread that was used last.
    pub(super) current: Option<usize>,
    pub(super) desk: Option<Desk>,
    pub(super) news: Option<News>,
    /// End users by name; without an id until the helpdesk knows them.
    users: BTreeMap<String, Person>,
    /// Ids of the helpdesk's agents by name.
    agents: BTreeMap<String, String>,
    /// Whether somebody else waits for the news.
    pub(super) is_live: bool,
}

/// Why a simulation could not begin.
#[derive(Debug, Error)]
pub enum SimulateError {
    /// There is no client.
    #[error("no client could be made")]
    Client(#[from] ClientError),
    /// The address for webhooks is taken, or not this machine's.
    #[error("nothing can listen for webhooks")]
    Listen(#[from] std::io::Error),
    /// The server did not list its agents.
    #[error("the server did not list its agents: {0}")]
    Agents(String),
    /// No agent stands for Fin.
    #[error("the server has no agent that could stand for Fin")]
    NoAgent,
}

/// A step that could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The line of the scenario.
    pub line: Option<usize>,
    /// What was to be done.
    pub step: String,
    /// Why it could not be done.
    pub why: String,
}

/// How a scenario went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How many calls Fin made, repeats included.
    pub calls: u32,
    /// How many notifications came.
    pub notifications: usize,
    /// Steps that could not be done.
    pub troubles: Vec<Trouble>,
    /// What the last comparison found.
    pub comparison: Comparison,
}

impl Outcome {
    /// Whether every step was done, and Fin and the server are in step.
    pub fn is_good(&self) -> bool {
        self.troubles.is_empty() && self.comparison.is_in_step()
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { calls, notifications, troubles, comparison } = self;
        for trouble in troubles {
            writeln!(f, "{trouble}")?;
        }
        write!(f, "{comparison}\n{calls} calls, {notifications} notifications")
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        write!(f, "{}: {}", self.step, self.why)
    }
}

impl Simulator {
    /// Sets up Fin in front of the server, and listens for notifications.
    ///
    /// # Errors
    /// [`SimulateError`] when nothing can be called or listened to, or no agent stands for Fin.
    pub async fn start(options: SimulateOptions, audience: Arc<dyn Audience>) -> Result<Self, SimulateError> {
        let client = Client::new(options.client.clone())?;
        let secrets = client.secrets().clone();
        let reporter = Reporter { side: Side::Fin, audience: audience.clone(), secrets: secrets.clone() };
        let client = client.watched_by(Arc::new(reporter));
        let desk = match options.desk.clone() {
            Some(access) => Some(Desk::new(access, &options, audience.clone(), secrets.clone())?),
            None => None,
        };
        let news = match options.inbox {
            Some(inbox) => Some(News::listen(inbox, audience.clone(), secrets)?),
            None => None,
        };
        let clock = Clock::new(options.begin, options.pace);
        let mut fin = Fin::new(client, clock, audience, options.run.clone());
        fin.agent = find_agent(&mut fin, options.fin_agent.as_deref()).await?;
        Ok(Self {
            fin,
            threads: Vec::new(),
            current: None,
            desk,
            news,
            users: BTreeMap::new(),
            agents: BTreeMap::new(),
            is_live: false,
        })
    }

    /// Plays `scenario` to its end, and compares. What goes wrong is in the outcome.
    pub async fn play(&mut self, scenario: &Scenario) -> Outcome {
        let mut troubles = Vec::new();
        for (line, step) in &scenario.steps {
            if let Err(why) = self.perform_on(Some(*line), step).await {
                let trouble = Trouble { line: Some(*line), step: step.to_string(), why };
                self.fin.audience.see(&Happening::Trouble(&trouble));
                troubles.push(trouble);
            }
        }
        let comparison = self.compare().await;
        let notifications = self.news.as_ref().map_or(0, News::count);
        Outcome { calls: self.fin.calls(), notifications, troubles, comparison }
    }

    /// Does one step.
    ///
    /// # Errors
    /// Why it could not be done, in words.
    pub async fn perform(&mut self, step: &Step) -> Result<(), String> {
        self.perform_on(None, step).await
    }

    /// Compares what Fin believes with what the server holds, once Fin has acted on all that it was told.
    pub async fn compare(&mut self) -> Comparison {
        if let Some(news) = &self.news {
            news.debounce().await;
        }
        let mut comparison = Comparison::default();
        if let Err(why) = self.hear().await {
            comparison.differences.push(unknown("what was told last", why));
        }
        for place in 0..self.threads.len() {
            let differences = match self.load(place).await {
                Ok((list, stored)) => compare::thread(&self.threads[place], &list, &stored),
                Err(why) => vec![unknown(&self.threads[place].id, why)],
            };
            comparison.conversations += 1;
            comparison.messages += self.threads[place].messages().count();
            comparison.differences.extend(differences);
        }
        self.fin.audience.see(&Happening::Compared(&comparison));
        comparison
    }

    /// Everything that the server holds of one conversation.
    async fn load(&mut self, place: usize) -> Result<(Vec<Value>, Value), String> {
        let id = self.threads[place].id.clone();
        let list = self.fin.call(Endpoint::GetMessages, request::get_messages(&id, None)).await?;
        let stored = self.fin.call(Endpoint::GetConversation, request::get_conversation(&id)).await?;
        let Value::Array(list) = list else { return Err("`get_messages` answered no list".to_owned()) };
        Ok((list, stored))
    }
}

fn unknown(conversation: &str, why: String) -> Difference {
    Difference { conversation: conversation.to_owned(), flaw: Flaw::Unknown, what: why }
}

async fn find_agent(fin: &mut Fin, wanted: Option<&str>) -> Result<Person, SimulateError> {
    let agents = fin.call(Endpoint::GetAgents, json!({})).await.map_err(SimulateError::Agents)?;
    let agents: Vec<&Value> = agents.as_array().into_iter().flatten().collect();
    let is_fin = |agent: &&&Value| match wanted {
        Some(wanted) => id_of(agent).as_deref() == Some(wanted),
        None => agent["name"].as_str().is_some_and(|name| name.starts_with("Fin")),
    };
    let first = agents.first().filter(|_| wanted.is_none());
    let agent = agents.iter().find(is_fin).or(first).ok_or(SimulateError::NoAgent)?;
    let text = |name: &str| agent[name].as_str().unwrap_or("Fin").to_owned();
    let id = id_of(agent).ok_or(SimulateError::NoAgent)?;
    Ok(Person { id, name: text("name"), email: text("email"), user_type: "agent" })
}
