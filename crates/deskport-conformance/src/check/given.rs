//! What rules start from: a user, an agent, a conversation. One that cannot be made is no fault of the rule.

use serde_json::{Value, json};

use super::probe::Probe;
use super::rule::{Stop, skip};
use super::scene::Scene;
use crate::client::Endpoint;
use crate::client::answer::{CreatedConversation, id_of, text_of};
use crate::client::request::{self, NewMessage, Person};

/// A conversation that a rule may do with as it likes.
#[derive(Debug, Clone)]
pub(super) struct Chat {
    pub(super) id: String,
    pub(super) user: Person,
    pub(super) title: String,
    /// What the create call answered.
    pub(super) created: CreatedConversation,
}

impl Probe<'_> {
    /// The end user that rules share.
    pub(super) async fn user(&self) -> Result<&Person, Stop> {
        let made = self.scene.user.get_or_init(|| async { self.new_user().await.map_err(reason) }).await;
        made.as_ref().or_else(|why| skip(format!("there is no end user (USR-01 judges that): {why}")))
    }

    /// An end user of one's own.
    pub(super) async fn new_user(&self) -> Result<Person, Stop> {
        let (name, email) = (self.scene.mark("user"), self.scene.email());
        let body = request::create_user(&name, &email, &self.scene.object_id());
        let view = self.need(Endpoint::CreateUser, body).await?;
        let Some(id) = id_of(&view.payload) else { return skip("`create_user` answered no id (USR-01)") };
        self.scene.leave("user", &id, &name);
        Ok(Person { id, name, email, user_type: "end_user" })
    }

    /// The agent that stands for Fin: the first of the list, as one has to be picked.
    pub(super) async fn agent(&self) -> Result<&Person, Stop> {
        let found = self.scene.agent.get_or_init(|| async { self.first_agent().await.map_err(reason) }).await;
        found.as_ref().or_else(|why| skip(format!("there is no agent (AGT-02 judges that): {why}")))
    }

    async fn first_agent(&self) -> Result<Person, Stop> {
        let view = self.need(Endpoint::GetAgents, Value::Object(serde_json::Map::new())).await?;
        let agents = view.payload.as_array().cloned().unwrap_or_default();
        let Some((agent, id)) = agents.iter().find_map(|agent| Some((agent, id_of(agent)?))) else {
            return skip("the list has no agent with an id");
        };
        let text = |name: &str| agent[name].as_str().unwrap_or("Fin").to_owned();
        Ok(Person { id, name: text("name"), email: text("email"), user_type: "agent" })
    }

    /// A message by `author` that was never sent before.
    pub(super) fn message<'m>(&self, author: &'m Person, body: &'m str) -> NewMessage<'m> {
        let number = self.scene.number();
        NewMessage { author, body, object_id: self.scene.object_id(), created_at: Scene::moment(number) }
    }

    /// A request for a new conversation.
    pub(super) fn conversation_request(&self, user: &Person, title: &str) -> Value {
        let message = self.message(user, "<p>Hello</p>");
        request::create_conversation(self.variant(), user, title, &self.scene.object_id(), &message)
    }

    /// A conversation of one's own, with its first message.
    pub(super) async fn new_chat(&self) -> Result<Chat, Stop> {
        let user = self.user().await?;
        let title = self.scene.mark("conversation");
        let body = self.conversation_request(user, &title);
        self.open_chat(user, &title, body).await
    }

    /// The same where plain messages can be stored and listed. Where they cannot, one rule says so, and not each.
    pub(super) async fn chat_for_messages(&self) -> Result<Chat, Stop> {
        let tried = self.scene.messages.get_or_init(|| async { self.try_message().await.map_err(reason) });
        tried
            .await
            .as_ref()
            .or_else(|why| skip(format!("no message can be stored and listed (MSG-01): {why}")))?;
        self.new_chat().await
    }

    async fn try_message(&self) -> Result<(), Stop> {
        let chat = self.new_chat().await?;
        let id = self.post(&chat, "<p>Text</p>").await?;
        let listed = ids(&self.messages(&chat).await?).contains(&id);
        if listed { Ok(()) } else { skip("a stored message is not in the list") }
    }

    /// The same where a conversation can be updated.
    pub(super) async fn chat_for_updates(&self) -> Result<Chat, Stop> {
        let tried = self.scene.updates.get_or_init(|| async { self.try_update().await.map_err(reason) });
        tried
            .await
            .as_ref()
            .or_else(|why| skip(format!("no conversation can be updated (UPD-01): {why}")))?;
        self.new_chat().await
    }

    async fn try_update(&self) -> Result<(), Stop> {
        let chat = self.new_chat().await?;
        self.prepare(&chat, &json!({"status": "open"})).await
    }

    /// The conversation that `body` asks for.
    pub(super) async fn open_chat(&self, user: &Person, title: &str, body: Value) -> Result<Chat, Stop> {
        let missing =
            |why: String| Stop::Skip(format!("there is no conversation (CNV-01 judges that): {why}"));
        let view =
            self.need(Endpoint::CreateConversation, body).await.map_err(|stop| missing(reason(stop)))?;
        let created = CreatedConversation::find(&view.payload)
            .ok_or_else(|| missing("the answer holds no conversation id".to_owned()))?;
        self.scene.leave("conversation", &created.conversation_id, title);
        let (id, user, title) = (created.conversation_id.clone(), user.clone(), title.to_owned());
        Ok(Chat { id, user, title, created })
    }

    /// Stores a message that is not what the rule is about.
    pub(super) async fn post(&self, chat: &Chat, body: &str) -> Result<String, Stop> {
        let message = self.message(&chat.user, body);
        self.post_as(chat, &message).await
    }

    /// The same for a message that is made already.
    pub(super) async fn post_as(&self, chat: &Chat, message: &NewMessage<'_>) -> Result<String, Stop> {
        let body = request::create_message(self.variant(), &chat.id, message);
        let view = self.need(Endpoint::CreateMessage, body).await?;
        id_of(&view.payload).map_or_else(|| skip("`create_message` answered no id (MSG-01)"), Ok)
    }

    /// The messages of a conversation, where that is not what the rule is about.
    pub(super) async fn messages(&self, chat: &Chat) -> Result<Vec<Value>, Stop> {
        let view = self.need(Endpoint::GetMessages, request::get_messages(&chat.id, None)).await?;
        match view.payload {
            Value::Array(messages) => Ok(messages),
            _ => skip("`get_messages` answered no list (MSG-02 judges that)"),
        }
    }

    /// A conversation as it is stored, where loading it is not what the rule is about.
    pub(super) async fn stored(&self, chat: &Chat) -> Result<Value, Stop> {
        Ok(self.need(Endpoint::GetConversation, request::get_conversation(&chat.id)).await?.payload)
    }

    /// Updates a conversation, which is what the rule is about.
    pub(super) async fn update(&self, chat: &Chat, members: &Value) -> Result<Value, Stop> {
        let body = request::update_conversation(&chat.id, members);
        Ok(self.expect(Endpoint::UpdateConversation, body).await?.payload)
    }

    /// Updates a conversation on the way to what the rule is about.
    pub(super) async fn prepare(&self, chat: &Chat, members: &Value) -> Result<(), Stop> {
        let body = request::update_conversation(&chat.id, members);
        self.need(Endpoint::UpdateConversation, body).await.map(|_| ())
    }
}

fn reason(stop: Stop) -> String {
    match stop {
        Stop::Fail(why) | Stop::Skip(why) => why,
    }
}

/// How many of `messages` this person wrote; helpdesks may add answers of their own.
pub(super) fn written_by(messages: &[Value], person: &Person) -> usize {
    let author = |message: &Value| id_of(&message["author"]).or_else(|| text_of(&message["author"]));
    messages.iter().filter(|message| author(message).as_ref() == Some(&person.id)).count()
}

/// The ids in a list of objects.
pub(super) fn ids(objects: &[Value]) -> Vec<String> {
    objects.iter().filter_map(id_of).collect()
}
