//! Queries as request structs, whose values are all text.

use std::iter;

use actix_web::web::Query;
use memchr::memchr;
use serde::{
    Deserializer,
    de::{
        DeserializeOwned, IntoDeserializer, Visitor,
        value::{Error, MapDeserializer},
    },
    forward_to_deserialize_any,
};

/// Reads a query; `None` if it is unreadable or repeats a parameter.
pub(super) fn read<T: DeserializeOwned>(query: &str) -> Option<T> {
    if is_plain(query) {
        T::deserialize(MapDeserializer::new(parameters(query))).ok()
    } else {
        Query::from_query(query).ok().map(Query::into_inner)
    }
}

/// Whether nothing in the query stands for something else. So it is with the ids that a helpdesk
/// gives out, and then there is nothing to decode.
fn is_plain(query: &str) -> bool {
    query.bytes().fold(true, |plain, byte| plain & !matches!(byte, b'%' | b'+'))
}

fn parameters(mut query: &str) -> impl Iterator<Item = (Plain<'_>, Plain<'_>)> {
    iter::from_fn(move || {
        while !query.is_empty() {
            let (parameter, rest) = cut(query, b'&');
            query = rest;
            if !parameter.is_empty() {
                let (name, value) = cut(parameter, b'=');
                return Some((Plain(name), Plain(value)));
            }
        }
        None
    })
}

/// What stands before and after the first such ASCII character. `split_once` takes several times as
/// long for texts as short as these.
fn cut(text: &str, at: u8) -> (&str, &str) {
    memchr(at, text.as_bytes()).map_or((text, ""), |place| (&text[..place], &text[place + 1..]))
}

/// A name or a value as it stands in the query.
struct Plain<'a>(&'a str);

impl<'de> IntoDeserializer<'de> for Plain<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Plain<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use deskport_wire::GetMessages;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_plain_query_reads_as_the_framework_reads_it(
            query in "((conversation_id|after_id|other|ä|)(=|==|)(msg_1|=|ü|)&?){0,4}"
        ) {
            prop_assert!(is_plain(&query));
            let framework = Query::<GetMessages>::from_query(&query).ok().map(Query::into_inner);
            prop_assert_eq!(read::<GetMessages>(&query), framework);
        }
    }

    #[test]
    fn escapes_are_decoded() {
        let request: GetMessages = read("conversation_id=conv%5f1&after_id=a+b").unwrap();
        assert_eq!(request.conversation_id.as_deref(), Some("conv_1"));
        assert_eq!(request.after_id.as_deref(), Some("a b"));
    }
}
