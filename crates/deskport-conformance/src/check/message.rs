//! Rules about storing and listing messages.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::given::{Chat, ids};
use super::message_rules::RULES;
use super::probe::Probe;
use super::rule::{Chapter, Judged, Pass, Stop, fail, hold, seen, skip};
use super::shape;
use crate::client::Endpoint;
use crate::client::answer::{id_of, text_of};
use crate::client::request::{self, Person};

pub(super) const CHAPTER: Chapter = Chapter { name: "Messages", rules: RULES };

/// How many messages are sent at the same time.
const AT_ONCE: usize = 8;

pub(super) async fn a_message_is_stored(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let message = probe.message(&chat.user, "<p>First question</p>");
    let body = request::create_message(probe.variant(), &chat.id, &message);
    let view = probe.expect(Endpoint::CreateMessage, body).await?;
    let Some(id) = id_of(&view.payload) else { return fail("the answer holds no id") };
    let listed = ids(&probe.messages(&chat).await?);
    let count = listed.iter().filter(|listed| **listed == id).count();
    hold(count == 1, || format!("message {id} is in the list {count} times"))
}

pub(super) async fn a_list_has_its_shape(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let view = probe.expect(Endpoint::GetMessages, request::get_messages(&chat.id, None)).await?;
    shape::list(&view, probe.variant())
}

pub(super) async fn a_created_message_has_its_shape(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let message = probe.message(&chat.user, "<p>Question</p>");
    let body = request::create_message(probe.variant(), &chat.id, &message);
    let view = probe.need(Endpoint::CreateMessage, body).await?;
    shape::created(&view, probe.variant())
}

pub(super) async fn identity_is_written(probe: &Probe<'_>) -> Judged {
    let (chat, messages) = listed(probe).await?;
    for message in messages {
        if id_of(&message).is_none() {
            return fail("a message has no id");
        }
        if text_of(&message["conversation_id"]).as_ref() != Some(&chat.id) {
            return fail(format!("`conversation_id` is {}, not {:?}", message["conversation_id"], chat.id));
        }
        if message["message_type"] != "comment" {
            return fail(format!("`message_type` is {}", message["message_type"]));
        }
    }
    Ok(Pass::Plain)
}

pub(super) async fn visibility_is_written(probe: &Probe<'_>) -> Judged {
    let (_, messages) = listed(probe).await?;
    let wrong =
        messages.iter().map(|message| &message["visibility"]).find(|visibility| *visibility != "public");
    wrong.map_or(Ok(Pass::Plain), |wrong| fail(format!("a public message has the visibility {wrong}")))
}

pub(super) async fn a_private_message_stays_private(probe: &Probe<'_>) -> Judged {
    let (chat, agent) = (probe.chat_for_messages().await?, probe.agent().await?);
    let mut body = request::create_message(probe.variant(), &chat.id, &probe.message(agent, "<p>Note</p>"));
    body["visibility"] = json!("private");
    let view = probe.need(Endpoint::CreateMessage, body).await?;
    let Some(id) = id_of(&view.payload) else { return skip("`create_message` answered no id (MSG-01)") };
    match find(&probe.messages(&chat).await?, &id) {
        None => seen("private messages are not listed"),
        Some(message) => hold(message["visibility"] != "public", || "it is listed as public".to_owned()),
    }
}

pub(super) async fn the_body_is_written(probe: &Probe<'_>) -> Judged {
    let (_, messages) = listed(probe).await?;
    let wrong = messages.iter().map(|message| &message["body"]).find(|body| !body.is_string());
    wrong.map_or(Ok(Pass::Plain), |wrong| fail(format!("a message with a body has the body {wrong}")))
}

pub(super) async fn the_author_is_an_object(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let author = authored(probe, &chat, &chat.user).await?;
    check_author(&author, &chat.user)
}

pub(super) async fn fin_may_write(probe: &Probe<'_>) -> Judged {
    let (chat, agent) = (probe.chat_for_messages().await?, probe.agent().await?);
    let body = request::create_message(probe.variant(), &chat.id, &probe.message(agent, "<p>Answer</p>"));
    let view = probe.expect(Endpoint::CreateMessage, body).await?;
    let Some(id) = id_of(&view.payload) else { return skip("`create_message` answered no id (MSG-01)") };
    let messages = probe.messages(&chat).await?;
    let Some(message) = find(&messages, &id) else { return fail("the agent's message is not in the list") };
    match &message["author"]["user_type"] {
        Value::String(kind) if kind != "agent" => fail(format!("its author is of type {kind:?}")),
        _ => Ok(Pass::Plain),
    }
}

pub(super) async fn the_author_is_written_out(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let author = authored(probe, &chat, &chat.user).await?;
    if !author.is_object() {
        return skip("`author` is no object; MSG-07 judges that");
    }
    hold(author["name"] == chat.user.name.as_str(), || {
        format!("the author's name is {}, and the end user's {:?}", author["name"], chat.user.name)
    })
}

fn check_author(author: &Value, wanted: &Person) -> Judged {
    if !author.is_object() {
        return fail(format!("`author` is {author}"));
    }
    if id_of(author).as_ref() != Some(&wanted.id) {
        return fail(format!("the author is {}, but {} wrote the message", author["id"], wanted.id));
    }
    hold(author["user_type"] == wanted.user_type, || format!("`user_type` is {}", author["user_type"]))
}

/// The author of a message by `person`, as the list shows it.
async fn authored(probe: &Probe<'_>, chat: &Chat, person: &Person) -> Result<Value, Stop> {
    let id = probe.post_as(chat, &probe.message(person, "<p>Text</p>")).await?;
    let messages = probe.messages(chat).await?;
    find(&messages, &id)
        .map_or_else(|| skip("the message is not listed (MSG-01)"), |m| Ok(m["author"].clone()))
}

pub(super) async fn the_oldest_comes_first(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let mut sent = Vec::new();
    for body in ["<p>One</p>", "<p>Two</p>", "<p>Three</p>"] {
        sent.push(probe.post(&chat, body).await?);
    }
    let mut listed = ids(&probe.messages(&chat).await?);
    listed.retain(|id| sent.contains(id));
    if listed.len() != sent.len() {
        return skip("not every message is listed once (MSG-01)");
    }
    hold(listed == sent, || format!("sent {sent:?}, listed {listed:?}"))
}

pub(super) async fn conversations_are_apart(probe: &Probe<'_>) -> Judged {
    let (first, second) = (probe.new_chat().await?, probe.new_chat().await?);
    let id = probe.post(&first, "<p>For the first only</p>").await?;
    let found = ids(&probe.messages(&second).await?).contains(&id);
    hold(!found, || format!("message {id} of one conversation is listed in another"))
}

pub(super) async fn none_is_lost_at_once(probe: &Probe<'_>) -> Judged {
    let chat = probe.chat_for_messages().await?;
    let calls: Vec<_> = (0..AT_ONCE).map(|_| probe.post(&chat, "<p>At the same time</p>")).collect();
    let mut sent = Vec::new();
    for posted in join_all(calls).await {
        sent.push(posted?);
    }
    let listed = ids(&probe.messages(&chat).await?);
    let lost: Vec<&String> = sent.iter().filter(|id| !listed.contains(id)).collect();
    hold(lost.is_empty(), || {
        format!("{} of {AT_ONCE} messages were acknowledged and are gone: {lost:?}", lost.len())
    })
}

pub(super) async fn a_resolved_conversation_goes_on(probe: &Probe<'_>) -> Judged {
    let chat = probe.chat_for_messages().await?;
    probe.prepare(&chat, &json!({"status": "resolved"})).await?;
    let message = probe.message(&chat.user, "<p>One more thing</p>");
    let body = request::create_message(probe.variant(), &chat.id, &message);
    let view = probe.expect(Endpoint::CreateMessage, body).await?;
    hold(id_of(&view.payload).is_some(), || "the answer holds no id".to_owned())
}

pub(super) async fn the_moment_is_kept(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let message = probe.message(&chat.user, "<p>Text</p>");
    let id = probe.post_as(&chat, &message).await?;
    let messages = probe.messages(&chat).await?;
    let Some(stored) = find(&messages, &id) else { return skip("the message is not listed (MSG-01)") };
    let moment = |text: &str| deskport_wire::parse_timestamp(text);
    let same = stored["created_at"].as_str().and_then(moment) == moment(&message.created_at);
    seen(if same { "as Fin sent it" } else { "the helpdesk's own clock" })
}

/// A conversation with two messages, and its list.
async fn listed(probe: &Probe<'_>) -> Result<(Chat, Vec<Value>), Stop> {
    let chat = probe.new_chat().await?;
    probe.post(&chat, "<p>Question</p>").await?;
    let messages = probe.messages(&chat).await?;
    if messages.is_empty() {
        return skip("no message is listed (MSG-01)");
    }
    Ok((chat, messages))
}

/// The message with this id.
pub(super) fn find<'m>(messages: &'m [Value], id: &str) -> Option<&'m Value> {
    messages.iter().find(|message| id_of(message).as_deref() == Some(id))
}
