//! Requests and answers of both variants, to and from plain JSON values.

use deskport_conformance::Variant;
use hyper::Method;
use serde_json::{Map, Value, json};

use super::{Behavior, Choice, Fault};

const ACTIONS: [&str; 9] = [
    "get_user",
    "update_user",
    "create_user",
    "get_agents",
    "get_conversation",
    "update_conversation",
    "create_conversation",
    "get_messages",
    "create_message",
];

pub(crate) fn route(method: &str, name: &str) -> Option<(Variant, &'static str)> {
    let action = match (method, name) {
        ("GET", "user") => "get_user",
        ("PUT", "user") => "update_user",
        ("POST", "user") => "create_user",
        ("GET", "agents") => "get_agents",
        ("GET", "conversation") => "get_conversation",
        ("PUT", "conversation") => "update_conversation",
        ("POST", "conversation") => "create_conversation",
        ("GET", "messages") => "get_messages",
        ("POST", "messages") => "create_message",
        ("POST", name) => {
            return ACTIONS.iter().find(|action| **action == name).map(|action| (Variant::P, *action));
        }
        _ => return None,
    };
    Some((Variant::R, action))
}

pub(crate) fn read(
    behavior: &Behavior,
    method: &Method,
    query: &str,
    body: &[u8],
) -> Result<Value, (u16, String)> {
    if method == Method::GET {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let members: Map<String, Value> =
            pairs.map(|(name, value)| (name.to_owned(), json!(value))).collect();
        return Ok(Value::Object(members));
    }
    let nonsense = if behavior.has(Fault::FailsOnNonsense) { 500 } else { 400 };
    let value: Value = serde_json::from_slice(body).map_err(|error| (nonsense, error.to_string()))?;
    if behavior.has(Fault::RefusesUnknownMembers) && value.to_string().contains("conformance_unknown") {
        return Err((422, "unknown member".to_owned()));
    }
    Ok(value)
}

/// The answer `value` in the form of the variant.
pub(crate) fn write(behavior: &Behavior, call: Option<(Variant, &str)>, mut value: Value) -> Value {
    let Some((variant, action)) = call else { return value };
    rewrite(behavior, &mut value);
    let creates = action.starts_with("create");
    let wrapped = match variant {
        Variant::R => behavior.has(Fault::WrappedInR),
        Variant::P if creates => behavior.chose(Choice::WrapsCreatesInP),
        Variant::P => !behavior.has(Fault::BareInP),
    };
    let error =
        if behavior.has(Fault::FillsErrorToo) { json!({"title": "all is well"}) } else { Value::Null };
    let mut packed = if wrapped { json!({"data": value, "error": error}) } else { value.clone() };
    if variant == Variant::P && creates && behavior.chose(Choice::BothFormsInP) {
        packed["data"] = value;
        packed["error"] = Value::Null;
    }
    if behavior.has(Fault::CamelCase) { camel_case(&packed) } else { packed }
}

pub(crate) fn write_error(
    behavior: &Behavior,
    call: Option<(Variant, &str)>,
    status: u16,
    why: &str,
) -> Value {
    let detail = if behavior.has(Fault::ShowsItsInside) {
        "Traceback (most recent call last): db.py".to_owned()
    } else {
        why.to_owned()
    };
    let mut problem = json!({"type": "about:blank", "title": why, "status": status, "detail": detail});
    if behavior.has(Fault::StatusAsText) {
        problem["status"] = json!(status.to_string());
    }
    match call {
        _ if behavior.has(Fault::ErrorsWith200) && ![401, 403].contains(&status) => json!({"message": why}),
        Some((Variant::P, _)) => json!({"data": null, "error": problem}),
        _ => problem,
    }
}

/// Applies what concerns single members, wherever they stand.
fn rewrite(behavior: &Behavior, value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite(behavior, item)),
        Value::Object(members) => {
            members.iter_mut().for_each(|(name, member)| rewrite_member(behavior, name, member));
            if behavior.chose(Choice::NullsLeftOut) {
                members.retain(|_, member| !member.is_null());
            }
            if behavior.chose(Choice::ExtraMembers) && members.contains_key("id") {
                members.insert("vendor_extra".to_owned(), json!({"any": [1, 2]}));
            }
        }
        _ => {}
    }
}

fn rewrite_member(behavior: &Behavior, name: &str, member: &mut Value) {
    let is_moment = name.ends_with("_at") && member.is_string();
    let is_id = name == "id" || name == "conversation_id";
    if is_moment && behavior.has(Fault::MomentsAsNumbers) {
        *member = json!(1_761_575_400);
    } else if is_moment && behavior.has(Fault::MomentsWithoutZone) {
        *member = json!(member.as_str().unwrap().trim_end_matches('Z'));
    } else if is_moment && behavior.chose(Choice::WholeSeconds) {
        *member = json!(member.as_str().unwrap().replace(".000Z", "+00:00"));
    } else if is_id && behavior.has(Fault::NumericIds) {
        *member =
            member.as_str().and_then(|id| id.parse::<u64>().ok()).map_or(member.clone(), |id| json!(id));
    } else if name == "user_type" && behavior.has(Fault::DashedUserTypes) && member == "end_user" {
        *member = json!("end-user");
    } else if name == "attributes" && behavior.has(Fault::EmptyAttributesAsList) && *member == json!({}) {
        *member = json!([]);
    } else if name != "attributes" {
        rewrite(behavior, member);
    }
}

fn camel_case(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(camel_case).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| {
                let member = if name == "attributes" { member.clone() } else { camel_case(member) };
                (camel_case_key(name), member)
            })
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

fn camel_case_key(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |key, part| key + &part[..1].to_uppercase() + &part[1..])
}
