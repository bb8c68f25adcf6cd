//! Answers: domain values written as JSON, straight into a buffer.

use deskport_domain::{Author, AuthoredMessage, ConversationDetails, Message};
use serde::{Serialize, Serializer, ser::SerializeMap};

mod author;
mod list;
mod members;

pub use author::AuthorJson;
pub use list::MessageList;

/// The two published forms of the API, which differ in answers only.
///
/// ```
/// use deskport_domain::{Agent, AgentId, Timestamp};
/// use deskport_wire::{Variant, to_json};
///
/// let fin = Agent::unnamed(AgentId::parse("agent_fin")?, Timestamp::EPOCH);
/// let agents = [fin];
/// assert_eq!(
///     to_json(&Variant::R.answer(agents.as_slice())),
///     br#"[{"id":"agent_fin","user_type":"agent","name":null,"email":null,"photo_url":null,"alias":null}]"#,
/// );
/// assert!(to_json(&Variant::P.answer(agents.as_slice())).starts_with(br#"{"data":[{"id""#));
/// # Ok::<(), deskport_domain::InvalidId>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variant {
    /// GET, PUT and POST on `/user`, `/agents`, `/conversation`, `/messages`; bare bodies.
    R,
    /// POST only, one path per action; bodies in an envelope of `data` and `error`.
    P,
}

/// A domain value that answers write.
pub trait Json {
    /// Writes the value as `variant` has it, without an envelope.
    ///
    /// # Errors
    /// Those of `to`.
    fn write<S: Serializer>(&self, variant: Variant, to: S) -> Result<S::Ok, S::Error>;
}

/// A domain value that answers write as an object.
pub trait Object {
    /// Writes each member as `variant` has it.
    ///
    /// # Errors
    /// Those of `members`.
    fn write_members<M: SerializeMap>(&self, variant: Variant, members: &mut M) -> Result<(), M::Error>;
}

/// A new conversation with its first message: both are answered, so that the caller learns both ids.
#[derive(Debug, Clone, Copy)]
pub struct CreatedConversation<'a> {
    /// The conversation.
    pub conversation: &'a ConversationDetails,
    /// Its first message.
    pub message: &'a AuthoredMessage,
}

/// A message and its author, written like an [`AuthoredMessage`]: in a list, one author wrote many, and
/// is best written once, as [`AuthorJson`].
///
/// ```
/// use deskport_domain::{AuthoredMessage, Message, Author};
/// use deskport_wire::{AuthorJson, Authored, MessageList, Variant};
///
/// fn write(messages: &[Message], author: &Author) -> Vec<u8> {
///     let mut json = Vec::new();
///     let mut list = MessageList::begin(Variant::R, &mut json);
///     let author = AuthorJson::new(Variant::R, author);
///     for message in messages {
///         list.push(&Authored { message, author: &author }, &mut json);
///     }
///     list.end(&mut json);
///     json
/// }
/// # use deskport_domain::{Agent, AgentId, Timestamp};
/// # let fin = Agent::unnamed(AgentId::parse("agent_fin")?, Timestamp::EPOCH);
/// assert_eq!(write(&[], &Author::Agent(fin)), b"[]");
/// # Ok::<(), deskport_domain::InvalidId>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Authored<'a, A = Author> {
    /// The message.
    pub message: &'a Message,
    /// Who wrote it.
    pub author: &'a A,
}

/// The answer to a load, an update or a list: R bare, P `{"data": …, "error": null}`.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a, T: ?Sized> {
    variant: Variant,
    value: &'a T,
}

/// The answer to a create: R bare, P the members themselves and beside them `data` and `error`.
#[derive(Debug, Clone, Copy)]
pub struct Created<'a, T> {
    variant: Variant,
    value: &'a T,
}

/// A value without an envelope.
struct Bare<'a, T: ?Sized>(Variant, &'a T);

impl Variant {
    /// The answer to a load, an update or a list.
    pub fn answer<T: Json + ?Sized>(self, value: &T) -> Answer<'_, T> {
        Answer { variant: self, value }
    }

    /// Appends the JSON of a value without an envelope, as lists hold it.
    pub fn write<T: Json + ?Sized>(self, value: &T, json: &mut Vec<u8>) {
        write_json(&Bare(self, value), json);
    }

    /// The answer to a create, also to a repeated one.
    pub fn created<T: Object>(self, value: &T) -> Created<'_, T> {
        Created { variant: self, value }
    }
}

impl<'a> From<&'a AuthoredMessage> for Authored<'a> {
    fn from(AuthoredMessage { message, author }: &'a AuthoredMessage) -> Self {
        Self { message, author }
    }
}

/// The JSON of `value`.
pub fn to_json(value: &impl Serialize) -> Vec<u8> {
    let mut json = Vec::with_capacity(1024);
    write_json(value, &mut json);
    json
}

/// Appends the JSON of `value` to `json`.
#[expect(clippy::expect_used, reason = "memory takes all, and no key of ours is anything but text")]
pub(crate) fn write_json(value: &impl Serialize, json: &mut Vec<u8>) {
    serde_json::to_writer(json, value).expect("JSON is written to memory");
}

impl<T: Json + ?Sized> Serialize for Answer<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.variant {
            Variant::R => self.value.write(Variant::R, to),
            Variant::P => {
                let mut members = to.serialize_map(Some(2))?;
                members.serialize_entry("data", &Bare(Variant::P, self.value))?;
                members.serialize_entry("error", &())?;
                members.end()
            }
        }
    }
}

impl<T: Object> Serialize for Created<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut members = to.serialize_map(None)?;
        self.value.write_members(self.variant, &mut members)?;
        if self.variant == Variant::P {
            members.serialize_entry("data", &Bare(Variant::P, self.value))?;
            members.serialize_entry("error", &())?;
        }
        members.end()
    }
}

impl<T: Json + ?Sized> Serialize for Bare<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.1.write(self.0, to)
    }
}

impl<T: Object> Json for T {
    fn write<S: Serializer>(&self, variant: Variant, to: S) -> Result<S::Ok, S::Error> {
        let mut members = to.serialize_map(None)?;
        self.write_members(variant, &mut members)?;
        members.end()
    }
}

impl<T: Json> Json for [T] {
    fn write<S: Serializer>(&self, variant: Variant, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter().map(|value| Bare(variant, value)))
    }
}
