//! Lists and attributes as JSON text: a codec of this adapter's own. Empty is stored as NULL.

use deskport_domain::{Attachment, AttachmentUrl, Attributes, Number, Text, Value};
use deskport_ports::StoreError;
use serde_json::{Map, Value as Json};

use super::Impossible;

pub(crate) fn attributes_to_json(attributes: &Attributes) -> Option<String> {
    (!attributes.is_empty()).then(|| Json::Object(object(attributes)).to_string())
}

pub(crate) fn attributes(what: &'static str, stored: Option<&str>) -> Result<Attributes, StoreError> {
    match stored.map(|stored| parse(what, stored)).transpose()? {
        None => Ok(Attributes::default()),
        Some(Json::Object(members)) => Ok(from_object(members)),
        Some(_) => Err(StoreError::corrupt(what, Impossible)),
    }
}

pub(crate) fn texts_to_json(texts: &[Text]) -> Option<String> {
    let list = || texts.iter().map(|text| Json::String(text.to_string())).collect();
    (!texts.is_empty()).then(|| Json::Array(list()).to_string())
}

pub(crate) fn texts(what: &'static str, stored: Option<&str>) -> Result<Vec<Text>, StoreError> {
    let text = |json| match json {
        Json::String(text) => Ok(Text::from(text)),
        _ => Err(StoreError::corrupt(what, Impossible)),
    };
    list(what, stored)?.into_iter().map(text).collect()
}

/// Each attachment is a list of address, type and name.
pub(crate) fn attachments_to_json(attachments: &[Attachment]) -> Option<String> {
    if attachments.is_empty() {
        return None;
    }
    let list = attachments.iter().map(|Attachment { url, filetype, filename }| {
        (url.as_str(), filetype.as_deref(), filename.as_deref())
    });
    // Nothing but text, which is always JSON.
    serde_json::to_string(&list.collect::<Vec<_>>()).ok()
}

pub(crate) fn attachments(what: &'static str, stored: Option<&str>) -> Result<Vec<Attachment>, StoreError> {
    let Some(stored) = stored else { return Ok(Vec::new()) };
    let list: Vec<(String, Option<String>, Option<String>)> =
        serde_json::from_str(stored).map_err(|error| StoreError::corrupt(what, error))?;
    let attachment = |(url, filetype, filename): (String, Option<String>, Option<String>)| {
        let url = AttachmentUrl::parse(&url).map_err(|error| StoreError::corrupt(what, error))?;
        Ok(Attachment { url, filetype: filetype.map(Text::from), filename: filename.map(Text::from) })
    };
    list.into_iter().map(attachment).collect()
}

fn parse(what: &'static str, stored: &str) -> Result<Json, StoreError> {
    serde_json::from_str(stored).map_err(|error| StoreError::corrupt(what, error))
}

fn list(what: &'static str, stored: Option<&str>) -> Result<Vec<Json>, StoreError> {
    match stored.map(|stored| parse(what, stored)).transpose()? {
        None => Ok(Vec::new()),
        Some(Json::Array(list)) => Ok(list),
        Some(_) => Err(StoreError::corrupt(what, Impossible)),
    }
}

fn object(attributes: &Attributes) -> Map<String, Json> {
    attributes.iter().map(|(name, value)| (name.to_string(), to_json(value))).collect()
}

fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(Number::Signed(number)) => Json::from(*number),
        Value::Number(Number::Unsigned(number)) => Json::from(*number),
        Value::Number(Number::Float(number)) => Json::from(*number),
        Value::Text(text) => Json::String(text.to_string()),
        Value::List(values) => Json::Array(values.iter().map(to_json).collect()),
        Value::Object(members) => Json::Object(object(members)),
    }
}

fn from_object(members: Map<String, Json>) -> Attributes {
    members.into_iter().map(|(name, value)| (Text::from(name), from_json(value))).collect()
}

fn from_json(json: Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(value),
        Json::Number(number) => from_number(&number),
        Json::String(text) => Value::Text(text.into()),
        Json::Array(values) => Value::List(values.into_iter().map(from_json).collect()),
        Json::Object(members) => Value::Object(from_object(members)),
    }
}

fn from_number(number: &serde_json::Number) -> Value {
    let signed = number.as_i64().map(Number::Signed);
    let whole = signed.or_else(|| number.as_u64().map(Number::Unsigned));
    whole.or_else(|| number.as_f64().map(Number::Float)).map_or(Value::Null, Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_exactly() {
        let floats = [0.1, -0.0, 1.0, 1e300, f64::MIN_POSITIVE, 5e-324, f64::MAX, 0.1 + 0.2, 9.7e15];
        let signed = [i64::MIN, -1, 0, i64::MAX].map(Number::Signed);
        let unsigned = [i64::MAX as u64 + 1, u64::MAX].map(Number::Unsigned);
        let numbers = floats.map(Number::Float).into_iter().chain(signed).chain(unsigned);
        let numbers: Attributes = numbers
            .enumerate()
            .map(|(name, number)| (Text::from(name.to_string()), Value::Number(number)))
            .collect();
        let json = attributes_to_json(&numbers).unwrap();
        assert_eq!(attributes("attributes", Some(&json)).unwrap(), numbers);
    }

    #[test]
    fn text_and_structure_come_back() {
        let inner: Attributes = [("", "\u{1}\"\\\u{1f600}"), ("a", "")].into_iter().collect();
        let list = Value::List(vec![Value::Null, Value::Bool(false), Value::Object(inner.clone())]);
        let all: Attributes =
            [("list".into(), list), ("inner".into(), Value::Object(inner))].into_iter().collect();
        let json = attributes_to_json(&all).unwrap();
        assert_eq!(attributes("attributes", Some(&json)).unwrap(), all);
    }

    #[test]
    fn nothing_takes_no_room() {
        assert_eq!(attributes_to_json(&Attributes::default()), None);
        assert_eq!(texts_to_json(&[]), None);
        assert_eq!(attachments_to_json(&[]), None);
    }

    #[test]
    fn what_nobody_wrote_is_corrupt() {
        for stored in ["", "{", "[]", "1"] {
            assert!(attributes("attributes", Some(stored)).is_err(), "{stored}");
        }
        for stored in ["", "{}", "[1]"] {
            assert!(texts("tags", Some(stored)).is_err(), "{stored}");
        }
        for stored in ["{}", "[1]", "[[]]", r#"[["ftp://a",null,null]]"#] {
            assert!(attachments("attachments", Some(stored)).is_err(), "{stored}");
        }
    }
}
