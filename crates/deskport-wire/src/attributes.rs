//! Free-form attributes: JSON objects to and from the domain's values.

use std::fmt;

use deskport_domain::{Number, Patch, Text, Value};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};

/// Attributes as a JSON object.
///
/// Whole numbers from -2^63 to 2^64-1 are exact, whole doubles keep their point, and of repeated
/// members the last one wins.
///
/// ```
/// use deskport_wire::Attributes;
///
/// let json = r#"{"is_premium":true,"orders":[7,7.0,18446744073709551615],"plan":{"type":null}}"#;
/// let attributes: Attributes = serde_json::from_str(json)?;
/// assert_eq!(serde_json::to_string(&attributes)?, json);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attributes(pub deskport_domain::Attributes);

/// Borrowed attributes, to be written as a JSON object.
#[derive(Debug, Clone, Copy)]
pub struct AttributesRef<'a>(pub &'a deskport_domain::Attributes);

#[cfg(feature = "openapi")]
mod schema;

/// An update's attributes.
pub(crate) fn patch(attributes: Patch<Attributes>) -> Patch<deskport_domain::Attributes> {
    attributes.map(|Attributes(members)| members)
}

impl Serialize for Attributes {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        AttributesRef(&self.0).serialize(to)
    }
}

impl Serialize for AttributesRef<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(name, value)| (name.as_str(), ValueRef(value))))
    }
}

struct ValueRef<'a>(&'a Value);

impl Serialize for ValueRef<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => to.serialize_unit(),
            Value::Bool(value) => to.serialize_bool(*value),
            Value::Number(Number::Signed(number)) => to.serialize_i64(*number),
            Value::Number(Number::Unsigned(number)) => to.serialize_u64(*number),
            Value::Number(Number::Float(number)) => to.serialize_f64(*number),
            Value::Text(text) => to.serialize_str(text),
            Value::List(values) => to.collect_seq(values.iter().map(ValueRef)),
            Value::Object(members) => AttributesRef(members).serialize(to),
        }
    }
}

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(AttributesVisitor)
    }
}

struct AttributesVisitor;

impl<'de> Visitor<'de> for AttributesVisitor {
    type Value = Attributes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Attributes, A::Error> {
        let mut attributes = deskport_domain::Attributes::default();
        while let Some((name, AnyValue(value))) = members.next_entry::<String, _>()? {
            attributes.insert(Text::from(name), value);
        }
        Ok(Attributes(attributes))
    }
}

struct AnyValue(Value);

impl<'de> Deserialize<'de> for AnyValue {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ValueVisitor).map(Self)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(Number::Signed(number)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(i64::try_from(number).map_or(Number::Unsigned(number), Number::Signed)))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(Number::Float(number)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.into()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(AnyValue(value)) = elements.next_element()? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Value, A::Error> {
        AttributesVisitor.visit_map(members).map(|Attributes(members)| Value::Object(members))
    }
}
