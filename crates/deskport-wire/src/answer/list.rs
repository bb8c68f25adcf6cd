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
        json.extend_from_slice(match variant {
            Variant::R => b"[",
            Variant::P => br#"{"data":["#,
        });
        Self { variant, empty: true }
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

    /// Writes messages that were written before, as the same variant has them, with commas in between.
    pub fn push_written(&mut self, messages: &[u8], json: &mut Vec<u8>) {
        if messages.is_empty() {
            return;
        }
        if !std::mem::take(&mut self.empty) {
            json.push(b',');
        }
        json.extend_from_slice(messages);
    }

    /// Writes what comes after the last message.
    pub fn end(self, json: &mut Vec<u8>) {
        json.extend_from_slice(match self.variant {
            Variant::R => b"]",
            Variant::P => br#"],"error":null}"#,
        });
    }
}
