//! The nine actions, over plain maps.

mod conversation;
mod message;
mod user;

use std::time::Duration;

use deskport_conformance::Variant;
use serde_json::{Value, json};

use super::state::Data;
use super::{Answer, Behavior, Choice, Fault, Site};

/// More than a rule allows.
const LATE: Duration = Duration::from_millis(10_100);

pub(crate) async fn perform(site: &Site, variant: Variant, action: &str, input: &Value) -> Answer {
    if site.behavior.faults.iter().any(|fault| matches!(fault, Fault::Lacks(missing) if *missing == action)) {
        return Err((404, "no such path".to_owned()));
    }
    if site.behavior.has(Fault::AnswersLate) && !std::mem::replace(&mut site.state.lock().was_late, true) {
        tokio::time::sleep(LATE).await;
    }
    match action {
        "get_user" => user::get(site, text(input, "user_id")),
        "update_user" => user::update(site, input),
        "create_user" => user::create(site, input).await,
        "get_agents" => Ok((200, agents(&site.behavior, variant, &mut site.state.lock()))),
        "get_conversation" => conversation::get(site, variant, text(input, "conversation_id")),
        "update_conversation" => conversation::update(site, variant, input),
        "create_conversation" => conversation::create(site, variant, input).await,
        "get_messages" => message::list(site, variant, input),
        _ => message::create(site, variant, input).await,
    }
}

fn text<'i>(input: &'i Value, name: &str) -> &'i str {
    input[name].as_str().unwrap_or_default()
}

fn unknown(behavior: &Behavior, what: &str) -> (u16, String) {
    (if behavior.has(Fault::ForbidsUnknown) { 403 } else { 404 }, format!("unknown {what}"))
}

fn created(behavior: &Behavior) -> u16 {
    if behavior.chose(Choice::CreatesAnswer200) { 200 } else { 201 }
}

fn agents(behavior: &Behavior, variant: Variant, data: &mut Data) -> Value {
    if behavior.has(Fault::NoAgents) {
        return json!([]);
    }
    let id = match data.number() {
        number if behavior.has(Fault::RandomAgentIds) => format!("agent{number}"),
        _ => "9001".to_owned(),
    };
    json!([agent(behavior, variant, &id)])
}

fn agent(behavior: &Behavior, variant: Variant, id: &str) -> Value {
    let mut agent = json!({
        "id": id, "user_type": "agent", "name": "Fin AI Assistant", "email": "fin@example.com", "photo_url": null,
    });
    if behavior.has(Fault::NamelessAgents) {
        agent["email"] = Value::Null;
    }
    let wrong = behavior.has(Fault::WrongAlias);
    agent[if (variant == Variant::P) ^ wrong { "alias_name" } else { "alias" }] = json!("Fin");
    agent
}

/// The id under which `object_id` is known already. A racy server looks, and only later writes.
async fn known(site: &Site, kind: &str, input: &Value) -> Result<Option<String>, (u16, String)> {
    let (behavior, object_id) = (&site.behavior, text(input, "object_id"));
    if object_id.is_empty() || behavior.has(Fault::NoIdempotency) {
        return Ok(None);
    }
    let found = site.state.lock().known.get(&key(behavior, kind, object_id)).cloned();
    if found.is_some() && behavior.has(Fault::RepeatIsConflict) {
        return Err((409, "it exists".to_owned()));
    }
    if found.is_none() && behavior.has(Fault::RacyIdempotency) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok(found)
}

/// Looks once more under the lock, as a unique key does, and remembers `id`.
fn remember(behavior: &Behavior, data: &mut Data, kind: &str, input: &Value, id: &str) -> Option<String> {
    let object_id = text(input, "object_id");
    if object_id.is_empty() || behavior.has(Fault::NoIdempotency) {
        return None;
    }
    let key = key(behavior, kind, object_id);
    if let Some(known) = data.known.get(&key).filter(|_| !behavior.has(Fault::RacyIdempotency)) {
        return Some(known.clone());
    }
    data.known.insert(key, id.to_owned());
    None
}

fn key(behavior: &Behavior, kind: &str, object_id: &str) -> (String, String) {
    let kind = if behavior.has(Fault::OneObjectIdSpace) { "any" } else { kind };
    (kind.to_owned(), object_id.to_owned())
}

/// Puts `new` attributes into `old`.
fn attributes(behavior: &Behavior, old: &Value, new: &Value) -> Value {
    let (Some(members), false) = (new.as_object(), behavior.chose(Choice::ReplacesAttributes)) else {
        return if new.is_object() { new.clone() } else { old.clone() };
    };
    let mut merged = old.clone();
    for (name, value) in members {
        merged[name] = value.clone();
    }
    merged
}
