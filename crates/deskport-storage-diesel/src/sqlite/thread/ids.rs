//! The ids of a conversation's messages, as far as the writer remembers them.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use diesel::RunQueryDsl as _;

use super::{
    super::Connection,
    entries::{HasEntry, ReadEntries},
};
use crate::error::Failure;

/// As many entries are taken to cost as much to read as one costs to look for.
const ENTRIES_PER_LOOK: usize = 16;
/// Of how many messages with entries the ids are remembered: 4 KiB for a conversation.
const MOST: usize = 1024;

/// What is known of the ids of a conversation's messages.
#[derive(Debug)]
pub(super) struct Ids {
    /// Those of the messages that have no entries.
    last: Vec<Vec<u8>>,
    /// A part of the hash of each that has an entry, sorted; `None` as long as it costs less to look
    /// for entries one by one.
    earlier: Option<Vec<u32>>,
    looks: usize,
}

impl Ids {
    /// What the ids of so many messages take at most, in bytes, until there are more of them.
    pub(super) fn bytes(&self, messages: i64) -> usize {
        let last: usize = self.last.iter().map(|id| size_of::<Vec<u8>>() + id.capacity()).sum();
        last + usize::try_from(messages).unwrap_or(MOST).min(MOST) * size_of::<u32>()
    }

    /// The ids of the messages that have no entries, of so many messages; and nothing else yet.
    pub(super) fn of_last(last: Vec<Vec<u8>>, messages: i64) -> Self {
        let earlier = (entries(messages, &last) == 0).then(Vec::new);
        Self { last, earlier, looks: 0 }
    }

    /// Whether one of so many messages of the conversation with this number has this id.
    pub(super) fn has(
        &mut self,
        connection: &mut Connection,
        conversation: i64,
        messages: i64,
        id: &[u8],
    ) -> Result<bool, Failure> {
        if self.last.iter().any(|last| last == id) {
            return Ok(true);
        }
        let entries = entries(messages, &self.last);
        if self.earlier.is_none() && entries <= MOST && entries <= self.looks * ENTRIES_PER_LOOK {
            let ids = ReadEntries { conversation }.load::<Vec<u8>>(connection)?;
            self.earlier = Some(sorted(&ids));
        }
        match &self.earlier {
            Some(earlier) if earlier.binary_search(&short(id)).is_err() => Ok(false),
            _ => {
                self.looks += 1;
                Ok(HasEntry { conversation, id }.get_result(connection)?)
            }
        }
    }

    /// Notes the id of a new message.
    pub(super) fn push(&mut self, id: &[u8]) {
        self.last.push(id.to_vec());
    }

    /// Notes that all messages have entries now.
    pub(super) fn all_have_entries(&mut self) {
        let last = std::mem::take(&mut self.last);
        self.earlier.take_if(|earlier| earlier.len() >= MOST);
        if let Some(earlier) = &mut self.earlier {
            earlier.extend(sorted(&last));
            earlier.sort_unstable();
        }
    }
}

/// How many of so many messages have entries, or more.
fn entries(messages: i64, last: &[Vec<u8>]) -> usize {
    usize::try_from(messages).unwrap_or(0).saturating_sub(last.len())
}

fn sorted(ids: &[Vec<u8>]) -> Vec<u32> {
    let mut sorted: Vec<_> = ids.iter().map(|id| short(id)).collect();
    sorted.sort_unstable();
    sorted
}

/// A part of the hash of an id. Who makes ids with the same one makes the writer look in the database.
fn short(id: &[u8]) -> u32 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    let [.., a, b, c, d] = hasher.finish().to_be_bytes();
    u32::from_be_bytes([a, b, c, d])
}
