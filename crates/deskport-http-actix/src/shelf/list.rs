//! A list of messages, written, and cut where its messages end.

use std::mem;

use actix_web::web::Bytes;
use deskport_application::{MessagePage, Position, SequencedMessage, StoreError};
use deskport_domain::{AuthorId, Message, MessageBody, MessageId};
use deskport_wire::{AuthorJson, Authored, MessageList, Variant};

/// What a list takes beside its JSON, in bytes.
const FRAME_BYTES: usize = 400;
/// More than the JSON of most messages takes beside the body, in bytes.
const MESSAGE_BYTES: usize = 1024;

/// All messages of a conversation after a position, as one variant writes them.
#[derive(Debug, Clone)]
pub(crate) struct List {
    begin: Position,
    /// The messages' JSON with commas in between, and what stands after the last of them; nothing, if
    /// there are none.
    json: Bytes,
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
        Self { begin, json: Bytes::new(), ends: Vec::new(), authors: Vec::new(), last: None }
    }

    /// This list, and then the messages of `page`.
    pub(crate) fn continued(&self, variant: Variant, mut page: MessagePage) -> Result<Self, StoreError> {
        let mut list = self.clone();
        let authors = Authors::of(&page, variant);
        let written = self.ends.last().map_or(0, |(_, end)| *end);
        let room: usize = page.messages.iter().map(|sequenced| room(&sequenced.message)).sum();
        let mut json = Vec::with_capacity(written + room);
        json.extend_from_slice(&self.json[..written]);
        for SequencedMessage { sequence, message } in mem::take(&mut page.messages) {
            if !json.is_empty() {
                json.push(b',');
            }
            let author = authors.get(&message.author)?;
            if !list.authors.contains(&message.author) {
                list.authors.push(message.author.clone());
            }
            variant.write(&Authored { message: &message, author }, &mut json);
            list.ends.push((message.id, json.len()));
            list.last = Some(sequence);
        }
        if !json.is_empty() {
            json.extend_from_slice(MessageList::frame(variant).1.as_bytes());
        }
        json.shrink_to_fit();
        list.json = json.into();
        Ok(list)
    }

    /// The JSON of the messages after a position, and what stands after the last of them; nothing, if
    /// there are none. `None` if the list may lack some of them.
    pub(crate) fn after(&self, position: &Position) -> Option<Bytes> {
        if let Position::Message(after) = position
            && let Some(found) = self.ends.iter().rposition(|(id, _)| id == after)
        {
            let is_last = found + 1 == self.ends.len();
            // A comma follows.
            return Some(if is_last { Bytes::new() } else { self.json.slice(self.ends[found].1 + 1..) });
        }
        (self.begin == *position).then(|| self.json.clone())
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
