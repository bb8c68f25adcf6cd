//! What each step does.

use serde_json::{Value, json};

use super::Simulator;
use super::run::html_of;
use crate::client::answer::id_of;
use crate::client::request::Person;
use crate::simulate::audience::Happening;
use crate::simulate::belief::{Facts, HANDED_OVER, Held};
use crate::simulate::desk::Desk;
use crate::simulate::news::News;
use crate::simulate::{AgentAct, FinAct, Role, Step, UserAct};

impl Simulator {
    pub(super) async fn perform_on(&mut self, line: Option<usize>, step: &Step) -> Result<(), String> {
        self.fin.audience.see(&Happening::Step(line, step));
        match step {
            Step::Enter { role: Role::User, name, email } => {
                let (name, email) = (name.clone(), email.clone());
                self.users.entry(name.clone()).or_insert(Person {
                    id: String::new(),
                    name,
                    email,
                    user_type: "end_user",
                });
                Ok(())
            }
            Step::Enter { role: Role::Agent, name, email } => self.hire(name, email).await,
            Step::User(name, act) => self.user(name, act).await,
            Step::Fin(act) => self.fin_acts(act).await,
            Step::Agent(name, act) => self.agent(name, act).await,
            Step::AnswersLost(count) => {
                self.fin.losses = *count;
                Ok(())
            }
            Step::NotificationsRefused(count) => {
                let news = self.news.as_ref().ok_or("there is no address for notifications")?;
                news.refuse_next(*count);
                Ok(())
            }
            Step::TokenExpires => {
                let expired = self.fin.expire_token().await;
                expired.then_some(()).ok_or_else(|| "a fixed token cannot be fetched again".to_owned())
            }
            Step::MinutesPass(count) => {
                self.fin.clock.pass(std::time::Duration::from_mins(u64::from(*count))).await;
                Ok(())
            }
            Step::Compare => {
                let comparison = self.compare().await;
                if comparison.is_in_step() { Ok(()) } else { Err(comparison.to_string()) }
            }
        }
    }

    async fn hire(&mut self, name: &str, email: &str) -> Result<(), String> {
        let agent = self.desk()?.put_agent(&name.to_lowercase(), name, email).await?;
        let id = id_of(&agent).unwrap_or_else(|| name.to_lowercase());
        self.agents.insert(name.to_owned(), id);
        Ok(())
    }

    async fn user(&mut self, name: &str, act: &UserAct) -> Result<(), String> {
        if let UserAct::Starts(text) = act {
            return self.begin(name, text).await;
        }
        let place = self.turn_to(name)?;
        let user = self.threads[place].user.clone();
        match act {
            UserAct::Starts(_) => Ok(()),
            UserAct::Says(text) => self.say(place, &user, text).await,
            UserAct::Reads => {
                let moment = self.fin.clock.moment();
                self.update(place, &json!({"last_user_read_at": moment})).await
            }
        }
    }

    async fn fin_acts(&mut self, act: &FinAct) -> Result<(), String> {
        if let FinAct::TurnsTo(name) = act {
            return self.turn_to(name).map(drop);
        }
        let place = self.current()?;
        let fin = self.fin.agent.clone();
        match act {
            FinAct::TurnsTo(_) => Ok(()),
            FinAct::Says(text) => {
                self.say(place, &fin, text).await?;
                self.take(place).await
            }
            FinAct::Titles(title) => self.update(place, &json!({"title": title})).await,
            FinAct::Tags(tags) => self.update(place, &json!({"tags": tags})).await,
            FinAct::Marks(status) => self.update(place, &json!({"status": status})).await,
            FinAct::HandsOver => {
                self.update(place, &json!({"assignee_id": null})).await?;
                self.threads[place].mark(HANDED_OVER);
                Ok(())
            }
        }
    }

    async fn agent(&mut self, name: &str, act: &AgentAct) -> Result<(), String> {
        let place = self.current()?;
        let id = self.threads[place].id.clone();
        let agent = self.agents.get(name).ok_or_else(|| format!("`{name}` is not in the helpdesk"))?.clone();
        let fin = self.fin.agent.id.clone();
        let told = self.news.as_ref().map_or(0, News::count);
        let desk = self.desk()?;
        let (answer, mark) = match act {
            AgentAct::Types => return desk.type_on(&id, &agent).await.map(drop),
            AgentAct::Notes(text) => {
                let note = desk.post(&id, &agent, &html_of(text), "private").await?;
                self.threads[place].by_desk.push(Held::read(&note, false));
                return Ok(());
            }
            AgentAct::Replies(text) => {
                let reply = desk.post(&id, &agent, &html_of(text), "public").await?;
                self.threads[place].by_desk.push(Held::read(&reply, false));
                return self.await_news(place, told).await;
            }
            AgentAct::TakesOver => {
                (desk.patch(&id, &json!({"assignee_id": agent})).await?, format!("{name} took over"))
            }
            AgentAct::GivesBack => {
                (desk.patch(&id, &json!({"assignee_id": fin})).await?, format!("{name} gave back to Fin"))
            }
            AgentAct::Closes => {
                (desk.patch(&id, &json!({"status": "closed"})).await?, format!("{name} closed"))
            }
        };
        if !self.is_news(place, &answer) {
            return Ok(());
        }
        self.threads[place].mark(mark);
        self.await_news(place, told).await
    }

    /// Whether Fin does not believe this already. What changes nothing is told to nobody.
    fn is_news(&self, place: usize, conversation: &Value) -> bool {
        let pair = |facts: &Facts| (facts.status.clone(), facts.assignee.clone());
        match (&self.threads[place].facts, Facts::read(conversation)) {
            (Some(believed), Some(now)) => pair(believed) != pair(&now),
            _ => true,
        }
    }

    /// Waits until the helpdesk has told of its change, and acts on it. Who cannot be told looks by itself.
    async fn await_news(&mut self, place: usize, told: usize) -> Result<(), String> {
        if self.is_live {
            return Ok(());
        }
        let Some(news) = &self.news else { return self.synchronize(place).await };
        if !news.wait_for(&self.threads[place].id, told).await {
            return Err("Fin was not told of it".to_owned());
        }
        self.hear().await.map(drop)
    }

    fn desk(&mut self) -> Result<&mut Desk, String> {
        self.desk.as_mut().ok_or_else(|| "there is no token for the desk's API".to_owned())
    }

    fn current(&self) -> Result<usize, String> {
        self.current.ok_or_else(|| "nobody has started a conversation".to_owned())
    }

    /// Goes on with the latest conversation of this end user.
    fn turn_to(&mut self, name: &str) -> Result<usize, String> {
        let place = self.threads.iter().rposition(|thread| thread.user.name == name);
        self.current = place.or(self.current);
        place.ok_or_else(|| format!("`{name}` has no conversation"))
    }
}
