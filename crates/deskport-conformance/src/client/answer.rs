//! Answers, read as leniently as can be: how one is packed or spelled is judged by rules of its own,
//! and must not make every other rule fail.

use serde_json::{Map, Value};

use super::Received;

/// Whether an answer stands in the envelope of `data` and `error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// The object or list itself.
    Bare,
    /// Under `data`.
    Wrapped,
    /// The object's own members, and the object under `data` beside them.
    Both,
}

/// An answer's JSON and what it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// As it came.
    pub raw: Value,
    /// The object or list, out of its envelope, with keys in `snake_case`.
    pub payload: Value,
    /// Whether there was an envelope.
    pub packing: Packing,
}

impl Received {
    /// The answer, if it is JSON.
    pub fn view(&self) -> Option<View> {
        let raw = self.json()?;
        let packing = packing(&raw);
        let payload = match packing {
            Packing::Bare => snake_case(&raw),
            Packing::Wrapped | Packing::Both => snake_case(&raw["data"]),
        };
        Some(View { raw, payload, packing })
    }
}

fn packing(raw: &Value) -> Packing {
    let Some(members) = raw.as_object() else { return Packing::Bare };
    match members.get("data") {
        None => Packing::Bare,
        Some(_) if members.contains_key("id") || members.contains_key("conversation") => Packing::Both,
        Some(_) => Packing::Wrapped,
    }
}

/// `value` with its keys in `snake_case`; attributes keep theirs, as they belong to the caller.
pub fn snake_case(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(snake_case).collect(),
        Value::Object(members) => Value::Object(snake_case_members(members)),
        other => other.clone(),
    }
}

fn snake_case_members(members: &Map<String, Value>) -> Map<String, Value> {
    let mut found = Map::new();
    for (key, value) in members {
        let value = if key == "attributes" { value.clone() } else { snake_case(value) };
        found.entry(snake_case_key(key)).or_insert(value);
    }
    found
}

/// A key as the contract would spell it.
pub fn snake_case_key(key: &str) -> String {
    let mut text = String::with_capacity(key.len() + 2);
    for letter in key.chars() {
        if letter.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(if letter == '-' { '_' } else { letter.to_ascii_lowercase() });
    }
    text
}

/// The id of an object: a text, or, where a server is wrong about that, a number.
pub fn id_of(object: &Value) -> Option<String> {
    text_of(&object["id"])
}

/// A text, or a number written as one.
pub fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What the answer of the create conversation action holds; its form could not be read on any page.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatedConversation {
    /// The conversation's id.
    pub conversation_id: String,
    /// The conversation, if it is written out.
    pub conversation: Value,
    /// The first message's id, if it is there.
    pub message_id: Option<String>,
    /// The message, if it is written out.
    pub message: Value,
    /// Where they were found.
    pub form: &'static str,
}

impl CreatedConversation {
    /// Finds both objects in `payload`, whatever they are called.
    pub fn find(payload: &Value) -> Option<Self> {
        let (conversation, nested) = match &payload["conversation"] {
            Value::Object(members) => (Value::Object(members.clone()), true),
            _ => (payload.clone(), false),
        };
        let conversation_id = id_of(&conversation).or_else(|| text_of(&payload["conversation_id"]))?;
        let message = first_message(payload).or_else(|| first_message(&conversation)).unwrap_or(Value::Null);
        let message_id = id_of(&message)
            .or_else(|| text_of(&payload["message_id"]))
            .or_else(|| text_of(&payload["initial_message_id"]));
        let form = match (nested, &message) {
            (true, _) => "`conversation` beside the message",
            (false, Value::Null) => "ids only",
            (false, _) => "the conversation, with the message inside",
        };
        Some(Self { conversation_id, conversation, message_id, message, form })
    }
}

fn first_message(holder: &Value) -> Option<Value> {
    let named = ["message", "initial_message", "first_message"].iter().map(|name| &holder[name]);
    let listed = holder["messages"].as_array().and_then(|list| list.first());
    named.chain(listed).find(|value| value.is_object()).cloned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_are_read_in_either_spelling_but_attributes_keep_theirs() {
        let answer = json!({"userType": "end_user", "attributes": {"planType": 1}});
        assert_eq!(snake_case(&answer), json!({"user_type": "end_user", "attributes": {"planType": 1}}));
    }

    #[test]
    fn both_objects_are_found_whatever_they_are_called() {
        let forms = [
            json!({"conversation": {"id": "c"}, "message": {"id": "m"}}),
            json!({"id": "c", "messages": [{"id": "m"}]}),
            json!({"conversation_id": "c", "message_id": "m"}),
            json!({"conversation": {"id": "c", "initial_message": {"id": "m"}}}),
        ];
        for form in forms {
            let found = CreatedConversation::find(&form).unwrap();
            assert_eq!((found.conversation_id.as_str(), found.message_id.as_deref()), ("c", Some("m")));
        }
    }
}
