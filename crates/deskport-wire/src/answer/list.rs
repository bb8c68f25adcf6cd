//! A list of messages, written piece by piece, so that a huge one never is in memory as a whole.

use super::{Object, Variant};

/// Writes the answer to a list of messages into buffers that the caller sends and empties.
///
/// ```
/// use deskport_wire::{MessageList, Variant};
///
/// let mut json = Vec::new();
/// let list = MessageList::begin(Variant::P, &mut json);
/// list.end(&mut json);
/// assert_eq!(json, br#"{"data":[],"error":null}"#);
/// ```
#[derive(Debug)]
#[must_use = "a list that does not end is no JSON"]
pub struct MessageList {
    variant: Variant,
    empty: bool,
}

impl MessageList {
    /// Writes what comes before the first message.
    pub fn begin(variant: Variant, json: &mut Vec<u8>) -> Self {
        json.extend_from_slice(Self::frame(variant).0.as_bytes());
        Self { variant, empty: true }
    }

    /// What stands before the first message, and what after the last. Between messages are commas.
    pub const fn frame(variant: Variant) -> (&'static str, &'static str) {
        match variant {
            Variant::R => ("[", "]"),
            Variant::P => (r#"{"data":["#, r#"],"error":null}"#),
        }
    }

    /// The variant that the list is written in.
    pub fn variant(&self) -> Variant {
        self.variant
    }

    /// A list without messages.
    pub const fn empty(variant: Variant) -> &'static str {
        match variant {
            Variant::R => "[]",
            Variant::P => r#"{"data":[],"error":null}"#,
        }
    }

    /// Writes the next message: an [`AuthoredMessage`](deskport_domain::AuthoredMessage), or a message
    /// and its author as [`Authored`](super::Authored).
    pub fn push(&mut self, message: &impl Object, json: &mut Vec<u8>) {
        if !std::mem::take(&mut self.empty) {
            json.push(b',');
        }
        self.variant.write(message, json);
    }

    /// Writes what comes after the last message.
    pub fn end(self, json: &mut Vec<u8>) {
        json.extend_from_slice(Self::frame(self.variant).1.as_bytes());
    }
}
