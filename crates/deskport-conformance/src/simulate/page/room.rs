//! The simulation behind the page: actions come in, and what they change is shown.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use deskport_domain::MessageBody;
use deskport_wire::Variant;
use serde_json::json;
use tokio::sync::{Mutex, watch};
use tokio::time::sleep;

use super::action::Action;
use super::snapshot::{Setting, snapshot};
use super::stage::Stage;
use crate::simulate::{AgentAct, Comparison, FinAct, Role, Simulator, Step, UserAct, answerer};

/// The person who works in the helpdesk.
const AGENT: &str = "Sarah";
const AGENT_EMAIL: &str = "sarah@example.com";

/// How long Fin seems to think.
const THINKING: Duration = Duration::from_millis(900);

/// A simulation that is played by hand.
#[derive(Debug)]
pub(super) struct Room {
    pub(super) stage: Arc<Stage>,
    play: Mutex<Play>,
    answers_itself: AtomicBool,
    server: String,
    variant: Variant,
}

#[derive(Debug)]
struct Play {
    simulator: Simulator,
    /// Whether somebody can act in the helpdesk.
    has_agent: bool,
    compared: Option<Comparison>,
}

impl Room {
    pub(super) fn new(simulator: Simulator, stage: Arc<Stage>, server: &str, variant: Variant) -> Self {
        Self {
            stage,
            play: Mutex::new(Play { simulator, has_agent: false, compared: None }),
            answers_itself: AtomicBool::new(true),
            server: server.to_owned(),
            variant,
        }
    }

    /// Brings the person of the helpdesk, where the desk's API is known.
    pub(super) async fn enter(&self) {
        let mut play = self.play.lock().await;
        let agent = Step::Enter { role: Role::Agent, name: AGENT.to_owned(), email: AGENT_EMAIL.to_owned() };
        play.has_agent = play.simulator.perform(&agent).await.is_ok();
        self.show(&play);
    }

    /// Acts on what the helpdesk tells, for as long as the page is there.
    pub(super) async fn listen(&self, news: Option<watch::Receiver<usize>>) {
        let Some(mut news) = news else { return };
        while news.changed().await.is_ok() {
            let mut play = self.play.lock().await;
            if let Some(news) = &play.simulator.news {
                news.debounce().await;
            }
            match play.simulator.hear().await {
                Ok(false) => continue,
                Ok(true) => play.compared = None,
                Err(why) => self.complain(&why),
            }
            self.show(&play);
        }
    }

    /// Does what was asked on the page.
    pub(super) async fn act(&self, action: Action) -> Result<(), String> {
        let said = match &action {
            Action::Start { text, .. } | Action::Say { text } => Some(text.clone()),
            _ => None,
        };
        let done = self.perform(action).await;
        if let (Some(said), Ok(())) = (said, &done) {
            self.answer(&said).await?;
        }
        done
    }

    async fn perform(&self, action: Action) -> Result<(), String> {
        let mut play = self.play.lock().await;
        let done = self.perform_in(&mut play, action).await;
        self.show(&play);
        done
    }

    async fn perform_in(&self, play: &mut Play, action: Action) -> Result<(), String> {
        match action {
            Action::Auto { on } => self.answers_itself.store(on, Ordering::Relaxed),
            Action::Open { chat } if chat < play.simulator.threads.len() => {
                play.simulator.current = Some(chat);
            }
            Action::Open { .. } => return Err("there is no such conversation".to_owned()),
            Action::Compare => play.compared = Some(play.simulator.compare().await),
            Action::Start { name, email, text } => {
                let name = name.trim().to_owned();
                let user = Step::Enter { role: Role::User, name: name.clone(), email };
                play.simulator.perform(&user).await?;
                let start = Step::User(name, UserAct::Starts(html(&text)));
                play.simulator.perform(&start).await?;
                play.compared = None;
            }
            action => {
                let step = step(&play.simulator, action)?;
                play.simulator.perform(&step).await?;
                if !matches!(
                    step,
                    Step::AnswersLost(_) | Step::TokenExpires | Step::Agent(_, AgentAct::Types)
                ) {
                    play.compared = None;
                }
            }
        }
        Ok(())
    }

    /// Fin answers what the end user said, unless somebody else does.
    async fn answer(&self, said: &str) -> Result<(), String> {
        let place = self.place_of_fin().await.filter(|_| self.answers_itself.load(Ordering::Relaxed));
        let Some(place) = place else { return Ok(()) };
        self.stage.push(&json!({"kind": "thinking"}));
        sleep(THINKING).await;
        let answer = answerer::answer(said);
        self.fin_acts(place, FinAct::Says(answer.html.to_owned())).await?;
        if answer.hands_over { self.fin_acts(place, FinAct::HandsOver).await } else { Ok(()) }
    }

    /// Fin does something in a conversation, whichever is in front by now.
    async fn fin_acts(&self, place: usize, act: FinAct) -> Result<(), String> {
        let mut play = self.play.lock().await;
        let front = play.simulator.current.replace(place);
        let done = play.simulator.perform(&Step::Fin(act)).await;
        play.simulator.current = front;
        play.compared = None;
        self.show(&play);
        done
    }

    /// The conversation in front, unless a person has it or is about to.
    async fn place_of_fin(&self) -> Option<usize> {
        let play = self.play.lock().await;
        let place = play.simulator.current?;
        let thread = play.simulator.threads.get(place)?;
        let is_fins = match thread.facts.as_ref().and_then(|facts| facts.assignee.as_deref()) {
            Some(assignee) => assignee == play.simulator.fin.agent.id,
            None => !thread.was_handed_over(),
        };
        is_fins.then_some(place)
    }

    fn show(&self, play: &Play) {
        self.stage.show(&snapshot(
            &play.simulator,
            &Setting {
                server: &self.server,
                variant: self.variant,
                agent: play.has_agent.then_some(AGENT),
                answers_itself: self.answers_itself.load(Ordering::Relaxed),
                compared: play.compared.as_ref(),
            },
        ));
    }

    fn complain(&self, why: &str) {
        self.stage.push(&json!({"kind": "trouble", "why": why}));
    }
}

/// The step for an action in the conversation that is in front.
fn step(simulator: &Simulator, action: Action) -> Result<Step, String> {
    let agent = |act| Ok(Step::Agent(AGENT.to_owned(), act));
    match action {
        Action::Say { text } => {
            let thread = simulator.current.and_then(|place| simulator.threads.get(place));
            let thread = thread.ok_or("nobody has started a conversation")?;
            Ok(Step::User(thread.user.name.clone(), UserAct::Says(html(&text))))
        }
        Action::Fin { text } => Ok(Step::Fin(FinAct::Says(html(&text)))),
        Action::HandOver => Ok(Step::Fin(FinAct::HandsOver)),
        Action::Lose { on } => Ok(Step::AnswersLost(u32::from(on))),
        Action::Expire => Ok(Step::TokenExpires),
        Action::Reply { text } => agent(AgentAct::Replies(html(&text))),
        Action::Note { text } => agent(AgentAct::Notes(html(&text))),
        Action::Typing => agent(AgentAct::Types),
        Action::TakeOver => agent(AgentAct::TakesOver),
        Action::GiveBack => agent(AgentAct::GivesBack),
        Action::Close => agent(AgentAct::Closes),
        Action::Start { .. } | Action::Auto { .. } | Action::Compare | Action::Open { .. } => {
            Err("that is no step".to_owned())
        }
    }
}

/// People type plain text; what Fin answers by itself is HTML already.
fn html(text: &str) -> String {
    let is_html = deskport_domain::html::verify(text) && text.starts_with('<');
    if is_html { text.to_owned() } else { MessageBody::from_text(text).as_html().to_owned() }
}
