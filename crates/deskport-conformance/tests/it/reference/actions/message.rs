//! Messages.

use std::time::Duration;

use deskport_conformance::Variant;
use serde_json::{Value, json};

use super::{agent, created, known, remember, text, unknown};
use crate::reference::clean::clean;
use crate::reference::state::Data;
use crate::reference::{Answer, Choice, Fault, Site};

pub(super) fn list(site: &Site, variant: Variant, input: &Value) -> Answer {
    let behavior = &site.behavior;
    let data = site.state.lock();
    let id = text(input, "conversation_id");
    let conversation = data.conversations.get(id).ok_or_else(|| unknown(behavior, "conversation"))?;
    let mut messages = conversation.messages.clone();
    if behavior.has(Fault::MixesConversations) {
        let others = data.conversations.values().flat_map(|other| &other.messages);
        messages.extend(others.filter(|message| message["body"] == "<p>For the first only</p>").cloned());
    }
    if behavior.has(Fault::OrdersByCreatedAt) {
        messages.sort_by_key(|message| message["created_at"].to_string());
    }
    messages
        .retain(|message| !(behavior.chose(Choice::PrivateIsHidden) && message["visibility"] == "private"));
    let mut messages = after(site, messages, text(input, "after_id"))?;
    if behavior.has(Fault::PagesAtFifty) {
        messages.truncate(50);
    }
    if behavior.has(Fault::NewestFirst) {
        messages.reverse();
    }
    Ok((200, messages.iter().map(|message| show(site, variant, &data, message)).collect()))
}

fn after(site: &Site, messages: Vec<Value>, after: &str) -> Result<Vec<Value>, (u16, String)> {
    let behavior = &site.behavior;
    if after.is_empty() || behavior.chose(Choice::WholeListAlways) {
        return Ok(messages);
    }
    match messages.iter().position(|message| message["id"] == after) {
        Some(place) if behavior.has(Fault::NothingAfterLastIsError) && place + 1 == messages.len() => {
            Err((404, "nothing follows".to_owned()))
        }
        Some(place) if behavior.has(Fault::AfterSkipsOne) => {
            Ok(messages.into_iter().skip(place + 2).collect())
        }
        Some(place) => Ok(messages[place + usize::from(!behavior.has(Fault::AfterIsInclusive))..].to_vec()),
        None if behavior.has(Fault::UnknownAfterIsError) => Err((404, "unknown after_id".to_owned())),
        None if behavior.has(Fault::UnknownAfterIsEmpty) => Ok(Vec::new()),
        None => Ok(messages),
    }
}

pub(super) fn show(site: &Site, variant: Variant, data: &Data, message: &Value) -> Value {
    let behavior = &site.behavior;
    let mut shown = message.clone();
    let (id, kind) = (text(&message["author"], "id"), text(&message["author"], "user_type"));
    if behavior.has(Fault::AuthorAsId) {
        shown["author"] = json!(id);
    } else if !behavior.has(Fault::AuthorNotWrittenOut) {
        let user = || data.users.get(id).cloned().unwrap_or_default();
        shown["author"] = if kind == "agent" { agent(behavior, variant, id) } else { user() };
    }
    let members = shown.as_object_mut().unwrap();
    if behavior.has(Fault::NoMessageType) {
        members.remove("message_type");
    }
    if behavior.has(Fault::NoVisibility) {
        members.remove("visibility");
    }
    if behavior.has(Fault::PrivateTurnsPublic) {
        members.insert("visibility".to_owned(), json!("public"));
    }
    if behavior.has(Fault::BodiesAsObjects) && members["body"] != "" {
        let body = json!({"html": members["body"]});
        members.insert("body".to_owned(), body);
    }
    if behavior.has(Fault::NullForEmptyBody) && members["body"] == "" {
        members.insert("body".to_owned(), Value::Null);
    }
    if members["attachments"] == json!([]) {
        if behavior.has(Fault::AttachmentsNull) {
            members.insert("attachments".to_owned(), Value::Null);
        } else if behavior.chose(Choice::AttachmentsLeftOut) {
            members.remove("attachments");
        }
    }
    shown
}

pub(super) fn new(site: &Site, data: &mut Data, conversation: &str, input: &Value) -> Value {
    let behavior = &site.behavior;
    let now = data.moment();
    let own_clock = behavior.chose(Choice::OwnClock) || !input["created_at"].is_string();
    let created_at = if own_clock { now } else { utc(text(input, "created_at")) };
    let mut attachments = input["attachments"].as_array().cloned().unwrap_or_default();
    if behavior.has(Fault::DropsFilenames) {
        for attachment in &mut attachments {
            attachment.as_object_mut().unwrap().remove("filename");
        }
    }
    if behavior.has(Fault::ReversesAttachments) {
        attachments.reverse();
    }
    let mut body = clean(behavior, text(input, "body"));
    if behavior.has(Fault::TruncatesMessages) {
        body = body.chars().take(20_000).collect();
    }
    json!({
        "id": data.number().to_string(),
        "conversation_id": conversation,
        "message_type": "comment",
        "body": body,
        "author": {"id": input["author"]["id"], "user_type": input["author"]["user_type"]},
        "visibility": input["visibility"].as_str().unwrap_or("public"),
        "created_at": created_at,
        "attachments": attachments,
    })
}

/// Knows the one offset that the checker sends.
fn utc(moment: &str) -> String {
    moment.replace("16:30:00.000+02:00", "14:30:00.000Z")
}

pub(super) async fn create(site: &Site, variant: Variant, input: &Value) -> Answer {
    let (behavior, status) = (&site.behavior, created(&site.behavior));
    let id = text(input, "conversation_id").to_owned();
    check(site, &id, input)?;
    if let Some(known) = known(site, "message", input).await? {
        let data = site.state.lock();
        return Ok((status, shown(site, variant, &data, &id, &known)));
    }
    if behavior.has(Fault::ForgetsUnansweredCalls) && input["body"] == "<p>Once</p>" {
        return Ok((status, create_forgetfully(site, variant, &id, input).await));
    }
    let (before, message) = {
        let mut data = site.state.lock();
        let message = new(site, &mut data, &id, input);
        let new_id = text(&message, "id").to_owned();
        if let Some(known) = remember(behavior, &mut data, "message", input, &new_id) {
            return Ok((status, shown(site, variant, &data, &id, &known)));
        }
        let conversation = data.conversations.get_mut(&id).unwrap();
        let before = conversation.messages.clone();
        if !behavior.has(Fault::LosesMessagesAtOnce) && !behavior.has(Fault::ListsByEarlyNumber) {
            conversation.messages.push(message.clone());
        }
        (before, message)
    };
    if behavior.has(Fault::ListsByEarlyNumber) {
        list_by_number(site, &id, &message).await;
    }
    if behavior.has(Fault::LosesMessagesAtOnce) {
        tokio::time::sleep(Duration::from_millis(10)).await;
        let mut data = site.state.lock();
        data.conversations.get_mut(&id).unwrap().messages = [before, vec![message.clone()]].concat();
    }
    Ok((status, show(site, variant, &site.state.lock(), &message)))
}

/// Stores, and notes the `object_id` only when the answer is about to leave: who hangs up is forgotten.
async fn create_forgetfully(site: &Site, variant: Variant, id: &str, input: &Value) -> Value {
    let message = new(site, &mut site.state.lock(), id, input);
    site.state.lock().conversations.get_mut(id).unwrap().messages.push(message.clone());
    tokio::time::sleep(Duration::from_millis(200)).await;
    let mut data = site.state.lock();
    remember(&site.behavior, &mut data, "message", input, text(&message, "id"));
    show(site, variant, &data, &message)
}

/// Every other message takes longer from its number to its place in the list.
async fn list_by_number(site: &Site, id: &str, message: &Value) {
    let number = |message: &Value| text(message, "id").parse::<u64>().unwrap();
    if number(message) % 4 == 0 {
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    let mut data = site.state.lock();
    let messages = &mut data.conversations.get_mut(id).unwrap().messages;
    messages.push(message.clone());
    messages.sort_by_key(number);
}

fn check(site: &Site, id: &str, input: &Value) -> Result<(), (u16, String)> {
    let behavior = &site.behavior;
    let data = site.state.lock();
    let conversation = data.conversations.get(id).ok_or_else(|| unknown(behavior, "conversation"))?;
    let has_body = !text(input, "body").is_empty();
    let has_files = input["attachments"].as_array().is_some_and(|list| !list.is_empty());
    if !has_body
        && (!has_files || behavior.has(Fault::RefusesAttachmentsOnly))
        && !behavior.has(Fault::AcceptsEmptyMessages)
    {
        return Err((422, "empty message".to_owned()));
    }
    if behavior.has(Fault::RefusesMessagesWhenResolved) && conversation.members["status"] == "resolved" {
        return Err((409, "resolved".to_owned()));
    }
    if behavior.has(Fault::RefusesAgents) && input["author"]["user_type"] == "agent" {
        return Err((422, "author".to_owned()));
    }
    if behavior.has(Fault::RequiresVisibility) && input.get("visibility").is_none() {
        return Err((422, "visibility".to_owned()));
    }
    if behavior.has(Fault::RefusesOffsets) && text(input, "created_at").contains('+') {
        return Err((422, "created_at".to_owned()));
    }
    if behavior.has(Fault::RefusesMessagesAfterHandover) && conversation.was_handed_over {
        return Err((409, "handed over".to_owned()));
    }
    if behavior.has(Fault::RefusesBrokenHtml) && text(input, "body").contains("<i>three</p>") {
        return Err((422, "HTML".to_owned()));
    }
    Ok(())
}

fn shown(site: &Site, variant: Variant, data: &Data, conversation: &str, id: &str) -> Value {
    let conversation = data.conversations.get(conversation);
    let found = conversation.and_then(|found| found.messages.iter().find(|message| message["id"] == id));
    found.map_or_else(|| json!({"id": id}), |message| show(site, variant, data, message))
}
