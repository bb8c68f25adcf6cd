//! A conversation and its messages, in the order in which they were committed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use deskport_domain::{AuthorId, Conversation, Message, MessageId, Timestamp, UserId, Visibility};
use deskport_ports::{EarlierMessages, MessageQuery, Notes, Position, SequencedMessage};

/// A conversation and its messages.
#[derive(Debug)]
pub(crate) struct Thread {
    pub(crate) conversation: Conversation,
    messages: BTreeMap<u64, Message>,
    places: HashMap<MessageId, u64>,
    last: u64,
}

/// Some messages in order, without their authors.
#[derive(Debug)]
pub(crate) struct Slice {
    pub(crate) messages: Vec<SequencedMessage>,
    pub(crate) next: Option<Position>,
}

impl Thread {
    /// A conversation without messages.
    pub(crate) fn begin(conversation: Conversation) -> Self {
        Self { conversation, messages: BTreeMap::new(), places: HashMap::new(), last: 0 }
    }

    /// The message with this id.
    pub(crate) fn message(&self, id: &MessageId) -> Option<&Message> {
        self.messages.get(self.places.get(id)?)
    }

    /// The highest sequence number that was given away.
    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    /// All messages, oldest first.
    pub(crate) fn messages(&self) -> impl ExactSizeIterator<Item = &Message> {
        self.messages.values()
    }

    /// Appends a message whose id is new, at the moment `at`.
    pub(crate) fn post(&mut self, message: Message, at: Timestamp) {
        self.last += 1;
        self.places.insert(message.id.clone(), self.last);
        self.messages.insert(self.last, message);
        self.conversation.touch(at);
    }

    /// Removes the messages that this person wrote; tells how many.
    pub(crate) fn remove_messages_by(&mut self, user: &UserId) -> u64 {
        let before = self.messages.len();
        self.messages.retain(|_, message| !matches!(&message.author, AuthorId::EndUser(id) if id == user));
        let (messages, places) = (&self.messages, &mut self.places);
        places.retain(|_, place| messages.contains_key(place));
        (before - self.messages.len()) as u64
    }

    /// What `query` asks of this conversation. Costs what it returns, and the notes that it skips.
    pub(crate) fn slice(&self, query: &MessageQuery) -> Slice {
        let after = match &query.after {
            Position::Start => 0,
            Position::Message(id) => self.places.get(id).copied().unwrap_or(0),
            Position::Sequence(sequence) => *sequence,
        };
        let later = self.messages.range(after.saturating_add(1)..);
        take(later, &query.notes, query.limit)
    }

    /// What `query` asks of this conversation, oldest first.
    pub(crate) fn slice_before(&self, query: &EarlierMessages) -> Slice {
        let earlier = self.messages.range(..query.before.unwrap_or(u64::MAX)).rev();
        let mut slice = take(earlier, &query.notes, query.limit);
        slice.messages.reverse();
        slice
    }
}

impl Slice {
    /// Who wrote these messages, each once.
    pub(crate) fn authors(&self) -> BTreeSet<&AuthorId> {
        self.messages.iter().map(|sequenced| &sequenced.message.author).collect()
    }
}

/// The first `limit` of `messages` that a reader of these notes sees, and where to go on.
fn take<'a>(messages: impl Iterator<Item = (&'a u64, &'a Message)>, notes: &Notes, limit: u32) -> Slice {
    let mut slice = Slice { messages: Vec::new(), next: None };
    for (sequence, message) in messages.filter(|(_, message)| is_for(notes, message)) {
        if slice.messages.len() >= limit as usize {
            slice.next = slice.messages.last().map(|last| Position::Sequence(last.sequence));
            break;
        }
        slice.messages.push(SequencedMessage { sequence: *sequence, message: message.clone() });
    }
    slice
}

/// Whether a reader of these notes sees the message.
fn is_for(notes: &Notes, message: &Message) -> bool {
    match (notes, message.visibility) {
        (Notes::All, _) | (_, Visibility::Public) => true,
        (Notes::By(agent), Visibility::Private) => {
            matches!(&message.author, AuthorId::Agent(author) if author == agent)
        }
    }
}
