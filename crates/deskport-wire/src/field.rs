//! How JSON values become fields of requests: absent, null, ids as numbers, objects, lists.
//!
//! For `#[serde(deserialize_with = …)]`, here and in faces that have requests of their own.

use std::{fmt, marker::PhantomData};

use deskport_domain::Patch;
use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};

pub mod patch;

/// A value that is written as a JSON object only; serde's structs would take lists as well.
pub(crate) struct Object<T>(pub(crate) T);

/// An id: text, or a whole number that stands for its decimal text.
struct Id(String);

/// A list of at most `KEEP` objects; what follows is counted as nothing.
struct List<T, const KEEP: usize>(Vec<T>);

/// An optional id.
///
/// # Errors
/// Those of `from`, when the value is of another type.
pub fn id<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<Id>::deserialize(from)?.map(|Id(text)| text))
}

/// An id in an update.
///
/// # Errors
/// Those of `from`, when the value is of another type.
pub fn id_patch<'de, D: Deserializer<'de>>(from: D) -> Result<Patch<String>, D::Error> {
    patch::deserialize::<D, Id>(from).map(|patch| patch.map(|Id(text)| text))
}

/// An optional object.
///
/// # Errors
/// Those of `from`, when the value is of another type.
pub fn object<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::deserialize(from)?.map(|Object(value)| value))
}

/// An optional list of objects, of which the first `KEEP` are kept.
///
/// # Errors
/// Those of `from`, when the value is of another type.
pub fn objects<'de, D, T, const KEEP: usize>(from: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::deserialize(from)?.map_or_else(Vec::new, |List::<T, KEEP>(objects)| objects))
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(ObjectVisitor(PhantomData)).map(Self)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(members))
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(IdVisitor)
    }
}

struct IdVisitor;

impl Visitor<'_> for IdVisitor {
    type Value = Id;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or a whole number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Id, E> {
        Ok(Id(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Id, E> {
        Ok(Id(text))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Id, E> {
        Ok(Id(number.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Id, E> {
        Ok(Id(number.to_string()))
    }
}

impl<'de, T: Deserialize<'de>, const KEEP: usize> Deserialize<'de> for List<T, KEEP> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(ListVisitor::<T, KEEP>(PhantomData)).map(Self)
    }
}

struct ListVisitor<T, const KEEP: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const KEEP: usize> Visitor<'de> for ListVisitor<T, KEEP> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Vec<T>, A::Error> {
        let mut kept = Vec::new();
        while kept.len() < KEEP {
            let Some(Object(element)) = elements.next_element()? else { return Ok(kept) };
            kept.push(element);
        }
        while elements.next_element::<IgnoredAny>()?.is_some() {}
        Ok(kept)
    }
}
