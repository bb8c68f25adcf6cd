//! A list of messages, written, and cut where its messages end.

use std::mem;

use deskport_application::{MessagePage, Position, SequencedMessage, StoreError};
use deskport_domain::{Author, AuthorId, MessageId};
use deskport_wire::{Authored, Variant};

/// What a list takes beside its JSON, in bytes.
const FRAME_BYTES: usize = 400;

/// All messages of a conversation after a position, as one variant writes them.
#[derive(Debug, Clone)]
pub(crate) struct List {
    begin: Position,
    /// The messages' JSON with commas in between.
    json: Vec<u8>,
    /// Where the JSON of each message ends.
    ends: Vec<(MessageId, usize)>,
    authors: Vec<AuthorId>,
    last: Option<u64>,
}

impl List {
    /// Writes all messages after `begin`.
    pub(crate) fn new(begin: Position, variant: Variant, page: MessagePage) -> Result<Self, StoreError> {
        Self::empty(begin).continued(variant, page)
    }

    /// No message after `begin`.
    pub(crate) fn empty(begin: Position) -> Self {
        Self { begin, json: Vec::new(), ends: Vec::new(), authors: Vec::new(), last: None }
    }

    /// This list, and then the messages of `page`.
    pub(crate) fn continued(&self, variant: Variant, mut page: MessagePage) -> Result<Self, StoreError> {
        let mut list = self.clone();
        for SequencedMessage { sequence, message } in mem::take(&mut page.messages) {
            if !list.json.is_empty() {
                list.json.push(b',');
            }
            let author = author(&page, &message.author)?;
            if !list.authors.contains(&message.author) {
                list.authors.push(message.author.clone());
            }
            variant.write(&Authored { message: &message, author }, &mut list.json);
            list.ends.push((message.id, list.json.len()));
            list.last = Some(sequence);
        }
        list.json.shrink_to_fit();
        Ok(list)
    }

    /// The JSON of the messages after a position; `None` if the list may lack some of them.
    pub(crate) fn after(&self, position: &Position) -> Option<&[u8]> {
        if let Position::Message(after) = position
            && let Some((_, end)) = self.ends.iter().rfind(|(id, _)| id == after)
        {
            // A comma follows, unless that was the last.
            return Some(self.json.get(end + 1..).unwrap_or_default());
        }
        (self.begin == *position).then_some(&self.json)
    }

    /// Who wrote the messages, each once.
    pub(crate) fn authors(&self) -> &[AuthorId] {
        &self.authors
    }

    /// The sequence number of the last message.
    pub(crate) fn last(&self) -> Option<u64> {
        self.last
    }

    /// The last message: of the list, or the one that it begins after.
    pub(crate) fn last_id(&self) -> Option<&MessageId> {
        match (self.ends.last(), &self.begin) {
            (Some((id, _)), _) | (None, Position::Message(id)) => Some(id),
            (None, _) => None,
        }
    }

    /// About how much memory the list takes.
    pub(crate) fn bytes(&self) -> u64 {
        const ID_BYTES: usize = 64;
        let ids = self.ends.len() + self.authors.len();
        (FRAME_BYTES + self.json.len() + ids * (ID_BYTES + size_of::<(MessageId, usize)>())) as u64
    }
}

/// The author of a message, as the page has it.
pub(crate) fn author<'a>(page: &'a MessagePage, id: &AuthorId) -> Result<&'a Author, StoreError> {
    page.author(id).ok_or_else(|| StoreError::corrupt("messages.author", "there is no such author"))
}
