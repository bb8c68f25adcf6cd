//! The actions that Fin calls.

use serde_json::{Value, json};

use super::{Conversation, Data, Site, Wrong};

pub(super) fn perform(site: &Site, action: &str, input: &Value) -> (u16, Value) {
    if site.is(Wrong::FailsAlways) && action == "create_message" {
        return (500, Value::Null);
    }
    let mut data = site.lock();
    match action {
        "get_agents" => {
            (200, json!({"data": [{"id": "sarah"}, {"id": "agent_fin", "name": "Fin AI Agent"}]}))
        }
        "create_user" => (201, create_user(&mut data, input)),
        "create_conversation" => (201, create_conversation(site, &mut data, input)),
        "create_message" => (201, create_message(site, &mut data, input)),
        "get_messages" => (200, json!({"data": list(site, &data, input)})),
        _ => {
            let place = place(&data, &input["conversation_id"]);
            if action == "update_conversation" {
                update(site, &mut data.conversations[place].members, input);
            }
            (200, json!({"data": data.conversations[place].members}))
        }
    }
}

pub(super) fn place(data: &Data, id: &Value) -> usize {
    data.conversations.iter().position(|known| known.members["id"] == *id).unwrap()
}

/// What came of it when the same was sent before; otherwise what `make` makes of it.
fn once(
    site: Option<&Site>,
    data: &mut Data,
    kind: &str,
    input: &Value,
    make: impl FnOnce(&mut Data) -> Value,
) -> Value {
    let object_id = input["object_id"].as_str().unwrap().to_owned();
    let forgets = site.is_some_and(|site| site.is(Wrong::StoresRepeats));
    let known = data.known.iter().find(|(its_kind, id, _)| its_kind == kind && *id == object_id && !forgets);
    if let Some((_, _, known)) = known {
        return known.clone();
    }
    let new = make(data);
    data.known.push((kind.to_owned(), object_id, new.clone()));
    new
}

fn create_user(data: &mut Data, input: &Value) -> Value {
    once(None, data, "user", input, |data| {
        let user = json!({"id": number(data, "user"), "name": input["name"], "email": input["email"]});
        data.users.push(user.clone());
        user
    })
}

fn create_conversation(site: &Site, data: &mut Data, input: &Value) -> Value {
    once(None, data, "conversation", input, |data| {
        let id = number(data, "conv");
        let user = &input["user"]["id"];
        let members =
            json!({"id": id, "status": "open", "title": input["title"], "tags": [], "user": {"id": user}});
        data.conversations.push(Conversation { members: members.clone(), messages: Vec::new() });
        let mut first = input["initial_message"].clone();
        first["conversation_id"] = json!(id);
        let message = create_message(site, data, &first);
        json!({"conversation": members, "message": message})
    })
}

fn create_message(site: &Site, data: &mut Data, input: &Value) -> Value {
    once(Some(site), data, "message", input, |data| {
        let message = store(data, input, "public");
        let place = place(data, &input["conversation_id"]);
        let messages = &mut data.conversations[place].messages;
        if site.is(Wrong::ForgetsMessages) && messages.len() == 3 {
            messages.pop();
        }
        message
    })
}

pub(super) fn store(data: &mut Data, input: &Value, visibility: &str) -> Value {
    let number = data.numbers + 1;
    let message = json!({
        "id": self::number(data, "msg"), "conversation_id": input["conversation_id"], "body": input["body"],
        "author": {"id": input["author"]["id"]}, "visibility": visibility,
        // Moments run backwards, so that whoever sorts by them is found out.
        "created_at": format!("2025-10-27T14:{:02}:00.000Z", 59 - number % 60),
    });
    let place = place(data, &input["conversation_id"]);
    data.conversations[place].messages.push(message.clone());
    message
}

fn number(data: &mut Data, kind: &str) -> String {
    data.numbers += 1;
    format!("{kind}_{:03}", data.numbers)
}

fn list(site: &Site, data: &Data, input: &Value) -> Vec<Value> {
    let mut messages = data.conversations[place(data, &input["conversation_id"])].messages.clone();
    let is_whole = input["after_id"].is_null();
    match site.wrong {
        Some(Wrong::SortsByMoment) => messages.sort_by_key(|message| message["created_at"].to_string()),
        Some(Wrong::ListsTwice) if is_whole => messages.extend(messages.first().cloned()),
        Some(Wrong::RewritesBodies) if is_whole => {
            set_all(&mut messages, "body", "<p>Something else</p>");
        }
        Some(Wrong::TurnsPublic) if is_whole => {
            set_all(&mut messages, "visibility", "public");
        }
        _ => {}
    }
    let after = messages.iter().position(|message| message["id"] == input["after_id"]);
    let skipped = usize::from(site.is(Wrong::SkipsOneAfter));
    let first = after.map_or(0, |place| place + 1 + skipped).min(messages.len());
    let mut rest = messages.split_off(first);
    if site.is(Wrong::NewestFirst) {
        rest.reverse();
    }
    rest
}

fn set_all(messages: &mut [Value], name: &str, value: &str) {
    for message in messages {
        message[name] = json!(value);
    }
}

fn update(site: &Site, members: &mut Value, input: &Value) {
    for name in ["title", "tags"] {
        if let Some(value) = input.get(name) {
            members[name] = value.clone();
        }
    }
    if let Some(status) = input.get("status").filter(|_| !site.is(Wrong::ForgetsStatus)) {
        members["status"] = status.clone();
    }
    match input.get("assignee_id") {
        Some(Value::Null) => members["assignee"] = Value::Null,
        Some(id) => members["assignee"] = json!({"id": id}),
        None => {}
    }
}
