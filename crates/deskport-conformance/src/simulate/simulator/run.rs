//! Fin's runs: it pulls what is new, and pushes what was said.

use deskport_domain::MessageBody;
use serde_json::{Value, json};

use super::Simulator;
use crate::client::Endpoint;
use crate::client::answer::{CreatedConversation, id_of};
use crate::client::request::{self, NewMessage, Person};
use crate::simulate::belief::{Held, Thread};
use crate::simulate::news::News;

/// How long a title may become.
const TITLE: usize = 60;

impl Simulator {
    /// Acts on what the helpdesk told since the last time; answers whether it told anything.
    ///
    /// # Errors
    /// Why it could not be done, in words.
    pub async fn hear(&mut self) -> Result<bool, String> {
        let told = self.news.as_mut().map(News::hear).unwrap_or_default();
        for id in &told {
            // The helpdesk may have other conversations.
            let place = self.threads.iter().position(|thread| thread.id == *id);
            if let Some(place) = place {
                self.synchronize(place).await?;
            }
        }
        Ok(!told.is_empty())
    }

    /// Pulls the conversation and what is new in it.
    pub(super) async fn synchronize(&mut self, place: usize) -> Result<(), String> {
        let body = request::get_conversation(&self.threads[place].id);
        let conversation = self.fin.call(Endpoint::GetConversation, body).await?;
        self.threads[place].learn(&conversation);
        self.pull(place).await
    }

    /// Pulls the messages after the last one that a list showed.
    async fn pull(&mut self, place: usize) -> Result<(), String> {
        let Thread { id, seen, .. } = &self.threads[place];
        let body = request::get_messages(id, seen.as_deref());
        match self.fin.call(Endpoint::GetMessages, body).await? {
            Value::Array(list) => {
                self.threads[place].take(&list);
                Ok(())
            }
            _ => Err("`get_messages` answered no list".to_owned()),
        }
    }

    /// Pulls, and pushes a message.
    pub(super) async fn say(&mut self, place: usize, author: &Person, text: &str) -> Result<(), String> {
        self.pull(place).await?;
        self.fin.clock.tick();
        let html = html_of(text);
        let message = NewMessage {
            author,
            body: &html,
            object_id: self.fin.object_id(),
            created_at: self.fin.clock.moment(),
        };
        let body = request::create_message(self.fin.client.variant(), &self.threads[place].id, &message);
        let unanswered = held(&Value::Null, &message);
        let answer = self.fin.call(Endpoint::CreateMessage, body).await;
        let own = answer.as_ref().map_or(unanswered, |payload| held(payload, &message));
        self.threads[place].pushed.push(own);
        answer.map(drop)
    }

    /// Creates a conversation with its first message, and the end user if the helpdesk does not know them yet.
    pub(super) async fn begin(&mut self, name: &str, text: &str) -> Result<(), String> {
        let user = self.known_user(name).await?;
        self.fin.clock.tick();
        let html = html_of(text);
        let object_id = self.fin.object_id();
        let message = NewMessage {
            author: &user,
            body: &html,
            object_id: self.fin.object_id(),
            created_at: self.fin.clock.moment(),
        };
        let title = MessageBody::sanitize(&html).preview(TITLE);
        let variant = self.fin.client.variant();
        let body = request::create_conversation(variant, &user, &title, &object_id, &message);
        let payload = self.fin.call(Endpoint::CreateConversation, body).await?;
        let created = CreatedConversation::find(&payload)
            .ok_or_else(|| "`create_conversation` answered no conversation id".to_owned())?;
        let first = Held { id: created.message_id.clone(), ..held(&created.message, &message) };
        let mut thread = Thread::new(created.conversation_id, user);
        thread.learn(&created.conversation);
        thread.pushed.push(first);
        self.threads.push(thread);
        self.current = Some(self.threads.len() - 1);
        Ok(())
    }

    async fn known_user(&mut self, name: &str) -> Result<Person, String> {
        let user = self.users.get(name).ok_or_else(|| format!("nobody is called `{name}`"))?;
        if !user.id.is_empty() {
            return Ok(user.clone());
        }
        let (email, object_id) = (user.email.clone(), self.fin.object_id());
        let body = request::create_user(name, &email, &object_id);
        let payload = self.fin.call(Endpoint::CreateUser, body).await?;
        let id = id_of(&payload).ok_or_else(|| "`create_user` answered no id".to_owned())?;
        let user = Person { id, name: name.to_owned(), email, user_type: "end_user" };
        self.users.insert(name.to_owned(), user.clone());
        Ok(user)
    }

    /// Updates the conversation.
    pub(super) async fn update(&mut self, place: usize, members: &Value) -> Result<(), String> {
        self.fin.clock.tick();
        let body = request::update_conversation(&self.threads[place].id, members);
        let conversation = self.fin.call(Endpoint::UpdateConversation, body).await?;
        self.threads[place].learn_update(members, &conversation);
        Ok(())
    }

    /// Fin has answered for the first time: the conversation is Fin's.
    pub(super) async fn take(&mut self, place: usize) -> Result<(), String> {
        let thread = &self.threads[place];
        let is_taken = thread.facts.as_ref().is_some_and(|facts| facts.assignee.is_some());
        if is_taken || thread.was_handed_over() {
            return Ok(());
        }
        let fin = self.fin.agent.id.clone();
        self.update(place, &json!({"assignee_id": fin})).await
    }
}

/// What was sent, as the answer shows it; what the answer leaves out is as it was sent.
fn held(answer: &Value, sent: &NewMessage<'_>) -> Held {
    let held = Held::read(answer, true);
    let or = |answered: String, sent: &str| if answered.is_empty() { sent.to_owned() } else { answered };
    Held {
        author: or(held.author, &sent.author.id),
        author_name: or(held.author_name, &sent.author.name),
        body: or(held.body, sent.body),
        created_at: or(held.created_at, &sent.created_at),
        ..held
    }
}

/// HTML stays as it is, plain text becomes a paragraph.
pub(super) fn html_of(text: &str) -> String {
    if text.starts_with('<') { text.to_owned() } else { MessageBody::from_text(text).as_html().to_owned() }
}
