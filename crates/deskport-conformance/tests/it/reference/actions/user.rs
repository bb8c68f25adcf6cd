//! End users.

use serde_json::{Value, json};

use super::{attributes, created, known, remember, text, unknown};
use crate::reference::{Answer, Fault, Site};

pub(super) fn get(site: &Site, id: &str) -> Answer {
    let data = site.state.lock();
    let mut user = data.users.get(id).cloned();
    if site.behavior.has(Fault::LoadsLastUser) {
        user = user.and_then(|_| data.users.get(&data.last_user).cloned());
    }
    user.map(|user| (200, user)).ok_or_else(|| unknown(&site.behavior, "user"))
}

pub(super) fn update(site: &Site, input: &Value) -> Answer {
    let mut data = site.state.lock();
    let Some(user) = data.users.get_mut(text(input, "user_id")) else {
        return Err(unknown(&site.behavior, "user"));
    };
    set_attributes(site, user, &input["attributes"]);
    Ok((200, user.clone()))
}

pub(super) fn set_attributes(site: &Site, user: &mut Value, new: &Value) {
    if !site.behavior.has(Fault::DropsUserAttributes) {
        user["attributes"] = attributes(&site.behavior, &user["attributes"], new);
    }
}

pub(super) async fn create(site: &Site, input: &Value) -> Answer {
    let behavior = &site.behavior;
    if behavior.has(Fault::FailsOnWrongType) && input["name"].is_object() {
        return Err((500, "name".to_owned()));
    }
    let refuses_null = behavior.has(Fault::RefusesNullName);
    if input["name"].is_object() || (refuses_null && input.get("name").is_some_and(Value::is_null)) {
        return Err((422, "name".to_owned()));
    }
    if behavior.has(Fault::RequiresName) && input.get("name").is_none() {
        return Err((422, "name".to_owned()));
    }
    let status = created(behavior);
    if let Some(id) = known(site, "user", input).await? {
        return Ok((status, site.state.lock().users.get(&id).cloned().unwrap_or_else(|| json!({"id": id}))));
    }
    let mut data = site.state.lock();
    let id = data.number().to_string();
    if let Some(id) = remember(behavior, &mut data, "user", input, &id) {
        return Ok((status, data.users[&id].clone()));
    }
    let mut user = json!({
        "id": id, "user_type": "end_user", "name": input["name"], "email": input["email"],
        "photo_url": null, "attributes": {},
    });
    if behavior.has(Fault::LosesEmail) {
        user["email"] = Value::Null;
    }
    set_attributes(site, &mut user, &input["attributes"]);
    data.last_user.clone_from(&id);
    data.users.insert(id, user.clone());
    Ok((status, user))
}
