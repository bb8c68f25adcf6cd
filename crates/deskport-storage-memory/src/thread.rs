//! A conversation and its messages, in the order in which they were committed.

use std::collections::{BTreeSet, HashMap};

use deskport_domain::{AuthorId, Conversation, Message, MessageId, Timestamp, Visibility};
use deskport_ports::{MessageQuery, Notes, Position, SequencedMessage};

/// A conversation and its messages.
#[derive(Debug)]
pub(crate) struct Thread {
    pub(crate) conversation: Conversation,
    messages: Vec<Message>,
    places: HashMap<MessageId, usize>,
}

/// Some messages in order, without their authors.
#[derive(Debug)]
pub(crate) struct Slice {
    pub(crate) messages: Vec<SequencedMessage>,
    pub(crate) authors: BTreeSet<AuthorId>,
    pub(crate) next: Option<Position>,
}

impl Thread {
    /// A conversation without messages.
    pub(crate) fn begin(conversation: Conversation) -> Self {
        Self { conversation, messages: Vec::new(), places: HashMap::new() }
    }

    /// The message with this id.
    pub(crate) fn message(&self, id: &MessageId) -> Option<&Message> {
        self.messages.get(*self.places.get(id)?)
    }

    /// Appends a message whose id is new, at the moment `at`.
    pub(crate) fn post(&mut self, message: Message, at: Timestamp) {
        self.places.insert(message.id.clone(), self.messages.len());
        self.messages.push(message);
        self.conversation.touch(at);
    }

    /// What `query` asks of this conversation. Costs what it returns, and the notes that it skips.
    pub(crate) fn slice(&self, query: &MessageQuery) -> Slice {
        let mut slice = Slice { messages: Vec::new(), authors: BTreeSet::new(), next: None };
        let start = self.place_after(&query.after);
        for (message, sequence) in self.messages[start..].iter().zip(start as u64 + 1..) {
            if !is_for(&query.notes, message) {
                continue;
            }
            if slice.messages.len() >= query.limit as usize {
                slice.next = slice.messages.last().map(|last| Position::Sequence(last.sequence));
                break;
            }
            slice.authors.insert(message.author.clone());
            slice.messages.push(SequencedMessage { sequence, message: message.clone() });
        }
        slice
    }

    /// How many messages stand before or at a position; sequence numbers count from one.
    fn place_after(&self, position: &Position) -> usize {
        let place = match position {
            Position::Start => 0,
            Position::Message(id) => self.places.get(id).map_or(0, |place| place + 1),
            Position::Sequence(sequence) => usize::try_from(*sequence).unwrap_or(usize::MAX),
        };
        place.min(self.messages.len())
    }
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
