//! A list of messages, written, and cut where its messages end.

use std::mem;

use deskport_application::{MessagePage, Position, SequencedMessage, StoreError};
use deskport_domain::{AuthorId, Message, MessageBody, MessageId};
use deskport_wire::{AuthorJson, Authored, Variant};

/// What a list takes beside its JSON, in bytes.
const FRAME_BYTES: usize = 400;
/// More than the JSON of most messages takes beside the body, in bytes.
const MESSAGE_BYTES: usize = 1024;

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
        let authors = Authors::of(&page, variant);
        list.json.reserve(page.messages.iter().map(|sequenced| room(&sequenced.message)).sum());
        for SequencedMessage { sequence, message } in mem::take(&mut page.messages) {
            if !list.json.is_empty() {
                list.json.push(b',');
            }
            let author = authors.get(&message.author)?;
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

/// Room for a message's JSON, in bytes.
fn room(message: &Message) -> usize {
    MESSAGE_BYTES + message.content.body().map_or(0, |body| MessageBody::as_html(body).len())
}

/// Who wrote the messages of a page, each as JSON.
pub(crate) struct Authors(Vec<(AuthorId, AuthorJson)>);

impl Authors {
    /// Writes the authors of a page, as the variant has them.
    pub(crate) fn of(page: &MessagePage, variant: Variant) -> Self {
        let authors = page.authors.iter();
        Self(authors.map(|author| (author.id(), AuthorJson::new(variant, author))).collect())
    }

    /// The author of one of the page's messages.
    pub(crate) fn get(&self, id: &AuthorId) -> Result<&AuthorJson, StoreError> {
        let found = self.0.iter().find(|(author, _)| author == id);
        let found = found.ok_or_else(|| StoreError::corrupt("messages.author", "there is no such author"))?;
        Ok(&found.1)
    }
}
