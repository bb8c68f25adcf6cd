//! Conversations.

use deskport_conformance::Variant;
use serde_json::{Value, json};

use super::{agent, attributes, created, known, message, remember, text, unknown, user};
use crate::reference::state::{Conversation, Data};
use crate::reference::{Answer, Choice, Fault, Site};

pub(super) fn get(site: &Site, variant: Variant, id: &str) -> Answer {
    let data = site.state.lock();
    let conversation = data.conversations.get(id).ok_or_else(|| unknown(&site.behavior, "conversation"))?;
    let mut shown = show(site, variant, &data, conversation);
    if site.behavior.has(Fault::LoadedConversationWithoutId) {
        shown.as_object_mut().unwrap().remove("id");
    }
    Ok((200, shown))
}

fn show(site: &Site, variant: Variant, data: &Data, conversation: &Conversation) -> Value {
    let mut shown = conversation.members.clone();
    shown["user"] = data.users.get(&conversation.user).cloned().unwrap_or_default();
    if site.behavior.has(Fault::UserAsId) {
        shown["user"] = json!(conversation.user);
    }
    shown["assignee"] = match &conversation.assignee {
        Some(id) if site.behavior.has(Fault::AssigneeAsId) => json!(id),
        Some(id) => agent(&site.behavior, variant, id),
        None if conversation.was_handed_over && site.behavior.chose(Choice::HumanTakesOver) => {
            agent(&site.behavior, variant, "9002")
        }
        None => Value::Null,
    };
    shown
}

pub(super) fn update(site: &Site, variant: Variant, input: &Value) -> Answer {
    let behavior = &site.behavior;
    let mut data = site.state.lock();
    let data = &mut *data;
    let old = get_old(site, variant, data, text(input, "conversation_id"))?;
    if behavior.has(Fault::NoEnded) && input["status"] == "ended" {
        return Err((422, "status".to_owned()));
    }
    if behavior.has(Fault::RefusesNullReadAt) && input.get("last_user_read_at").is_some_and(Value::is_null) {
        return Err((422, "last_user_read_at".to_owned()));
    }
    let conversation = &data.conversations[text(input, "conversation_id")];
    let again = conversation.was_handed_over && conversation.assignee.is_none();
    if behavior.has(Fault::RefusesRepeatedHandover)
        && again
        && input.get("assignee_id").is_some_and(Value::is_null)
    {
        return Err((409, "nobody is assigned".to_owned()));
    }
    if let Some(user) = data.users.get_mut(text(&input["user"], "id")) {
        user::set_attributes(site, user, &input["user"]["attributes"]);
    }
    let conversation = data.conversations.get_mut(text(input, "conversation_id")).unwrap();
    set_members(site, conversation, input);
    set_assignee(site, conversation, input);
    if behavior.has(Fault::UpdateAnswersOldState) {
        return Ok((200, old));
    }
    let conversation = &data.conversations[text(input, "conversation_id")];
    Ok((200, show(site, variant, data, conversation)))
}

fn get_old(site: &Site, variant: Variant, data: &Data, id: &str) -> Result<Value, (u16, String)> {
    let conversation = data.conversations.get(id).ok_or_else(|| unknown(&site.behavior, "conversation"))?;
    Ok(show(site, variant, data, conversation))
}

fn set_members(site: &Site, conversation: &mut Conversation, input: &Value) {
    let (behavior, members) = (&site.behavior, &mut conversation.members);
    match input.get("title") {
        Some(Value::Null) if behavior.has(Fault::TitleStaysOnNull) => {}
        None if behavior.has(Fault::AbsentTitleIsNull) => members["title"] = Value::Null,
        None => {}
        Some(Value::String(_)) if behavior.has(Fault::IgnoresNewTitle) => {}
        Some(title) => members["title"] = title.clone(),
    }
    if input["status"].is_string() {
        members["status"] = input["status"].clone();
    }
    if let Some(tags) = input["tags"].as_array().filter(|_| !behavior.has(Fault::IgnoresTags)) {
        let mut tags = tags.clone();
        if behavior.has(Fault::MergesTags) {
            tags.extend(members["tags"].as_array().cloned().unwrap_or_default());
            tags.sort_by_key(Value::to_string);
            tags.dedup();
        }
        members["tags"] = json!(tags);
    }
    if !behavior.has(Fault::DropsConversationAttributes) {
        members["attributes"] = attributes(behavior, &members["attributes"], &input["attributes"]);
    }
}

fn set_assignee(site: &Site, conversation: &mut Conversation, input: &Value) {
    let absent_is_null = site.behavior.has(Fault::AbsentAssigneeIsNull);
    match input.get("assignee_id") {
        Some(Value::String(id)) => conversation.assignee = Some(id.clone()),
        Some(_) if site.behavior.has(Fault::DropsHandover) => {}
        None if !absent_is_null => {}
        _ => {
            conversation.was_handed_over = conversation.assignee.is_some() || conversation.was_handed_over;
            conversation.assignee = None;
        }
    }
}

pub(super) async fn create(site: &Site, variant: Variant, input: &Value) -> Answer {
    let behavior = &site.behavior;
    if behavior.has(Fault::RefusesNullTitle) && input["title"].is_null() {
        return Err((422, "title".to_owned()));
    }
    if behavior.has(Fault::RefusesNamedConversation)
        && input["initial_message"]["conversation_id"].is_string()
    {
        return Err((422, "conversation_id".to_owned()));
    }
    if let Some(id) = known(site, "conversation", input).await? {
        return answer(site, variant, &mut site.state.lock(), &id);
    }
    let mut data = site.state.lock();
    let id = data.number().to_string();
    if let Some(id) = remember(behavior, &mut data, "conversation", input, &id) {
        return answer(site, variant, &mut data, &id);
    }
    let conversation = new(site, variant, &mut data, &id, input);
    data.conversations.insert(id.clone(), conversation);
    let repeats = if behavior.has(Fault::DoublesFirstMessage) { 2 } else { 1 };
    for _ in 0..repeats {
        let first = message::new(site, &mut data, &id, &input["initial_message"]);
        remember(behavior, &mut data, "message", &input["initial_message"], first["id"].as_str().unwrap());
        data.conversations.get_mut(&id).unwrap().messages.push(first);
    }
    answer(site, variant, &mut data, &id)
}

fn new(site: &Site, variant: Variant, data: &mut Data, id: &str, input: &Value) -> Conversation {
    let given = match variant {
        Variant::R => &input["initial_message"]["attributes"],
        Variant::P => &input["attributes"],
    };
    let dropped = site.behavior.has(Fault::DropsConversationAttributes);
    let attributes = if given.is_object() && !dropped { given.clone() } else { json!({}) };
    let now = data.moment();
    let mut members = json!({
        "id": id, "status": "open", "title": input["title"], "tags": [], "attributes": attributes,
        "created_at": now, "updated_at": now,
    });
    if site.behavior.has(Fault::LosesFirstTitle) {
        members["title"] = Value::Null;
    }
    if site.behavior.has(Fault::BeginsClosed) {
        members["status"] = json!("closed");
    }
    let user = match variant {
        Variant::R => text(input, "user_id"),
        Variant::P => text(&input["user"], "id"),
    };
    Conversation { members, user: user.to_owned(), ..Conversation::default() }
}

#[expect(clippy::unnecessary_wraps, reason = "it is the answer of an action")]
fn answer(site: &Site, variant: Variant, data: &mut Data, id: &str) -> Answer {
    let status = created(&site.behavior);
    let Some(conversation) = data.conversations.get(id) else { return Ok((status, json!({"id": id}))) };
    let shown = show(site, variant, data, conversation);
    let first = message::show(site, variant, data, &conversation.messages[0]);
    if site.behavior.has(Fault::NoFirstMessageId) {
        return Ok((status, json!({"conversation": shown})));
    }
    if site.behavior.chose(Choice::MessageInsideConversation) {
        let mut shown = shown;
        shown["initial_message"] = first;
        return Ok((status, shown));
    }
    Ok((status, json!({"conversation": shown, "message": first})))
}
