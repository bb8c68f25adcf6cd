//! Search over titles, people and messages.
//!
//! A post writes nothing here. Whoever searches first follows the event log from where the last
//! one stopped, and reads what the events name: so the documents are always those of some moment,
//! and an event that is dealt with twice does no harm.

mod documents;

use std::collections::BTreeMap;

use deskport_domain::{ConversationDetails, ConversationId, Event, EventKind, MessageId, UserId};
use deskport_ports::{SearchQuery, StoreError};

use super::{
    Connection, Store, Task, erase, full_text, inbox,
    log::{EventQuery, bookmark, locked_bookmark, move_bookmark, newest},
};
use crate::{error::Failure, words};
use documents::MessageWords;
pub(in super::super) use documents::{Document, MessagePlace};
pub(super) use documents::{remove_message, remove_title, remove_user};

/// How far search has come. Nobody else's bookmark begins with `#`.
pub(super) const BOOKMARK: &str = "#search";

/// How many events one transaction deals with: on SQLite posts wait for it.
const BATCH: u32 = 100;

impl Store {
    /// Answers a search, after dealing with every event before it.
    pub(super) async fn find_words(
        &self,
        query: &SearchQuery,
    ) -> Result<Vec<ConversationDetails>, StoreError> {
        self.database.number_events(u64::MAX, u32::MAX).await?;
        let Progress { mut searched, newest } = self.database.read(&ReadProgress).await?;
        while searched < newest {
            self.deal_with_events(searched).await?;
            searched = self.database.read(&ReadProgress).await?.searched;
        }
        let words: Vec<_> = query.words.iter().flat_map(|word| words::split(word)).collect();
        Ok(self.database.read(&Words { words, limit: query.limit }).await?)
    }

    /// Deals with some events; tells how many.
    pub(super) async fn catch_up(&self) -> Result<u64, StoreError> {
        loop {
            let searched = self.database.read(&ReadProgress).await?.searched;
            self.database.number_events(searched, BATCH).await?;
            if let Some(count) = self.deal_with_events(searched).await? {
                return Ok(count);
            }
        }
    }

    /// Deals with some events after a position; tells how many, or `None` if another instance did so
    /// meanwhile, or somebody was erased. Most of the work is done before the transaction, for which posts wait on SQLite.
    async fn deal_with_events(&self, searched: u64) -> Result<Option<u64>, StoreError> {
        let ahead = self.database.read(&ReadAhead { searched }).await?;
        if ahead.subjects.is_empty() && ahead.until == searched {
            return Ok(Some(0));
        }
        Ok(self.database.write_beside(CatchUp(ahead)).await?)
    }
}

struct Progress {
    searched: u64,
    newest: u64,
}

struct ReadProgress;

impl Task for ReadProgress {
    type Output = Progress;

    async fn run(&self, connection: &mut Connection) -> Result<Progress, Failure> {
        let searched = bookmark(connection, BOOKMARK).await?;
        Ok(Progress { searched, newest: newest(connection).await? })
    }
}

struct ReadAhead {
    searched: u64,
}

/// What some events ask of search.
struct Ahead {
    searched: u64,
    until: u64,
    /// How many people had been erased before this was read: after another one it may say too much.
    erasures: u64,
    /// With the words of those that are messages.
    subjects: BTreeMap<Subject, Option<MessageWords>>,
}

impl Task for ReadAhead {
    type Output = Ahead;

    async fn run(&self, connection: &mut Connection) -> Result<Ahead, Failure> {
        let erasures = bookmark(connection, erase::BOOKMARK).await?;
        let events = EventQuery { after: self.searched, limit: BATCH }.run(connection).await?;
        let until = events.last().map_or(self.searched, |logged| logged.position);
        let mut ahead = Ahead { searched: self.searched, until, erasures, subjects: BTreeMap::new() };
        for subject in events.iter().filter_map(|logged| Subject::of(&logged.event)) {
            let words = documents::message_words(connection, &subject).await?;
            ahead.subjects.insert(subject, words);
        }
        Ok(ahead)
    }
}

struct CatchUp(Ahead);

impl Task for CatchUp {
    type Output = Option<u64>;

    /// Of several instances one at a time, and none during an erasure.
    async fn run(&self, connection: &mut Connection) -> Result<Option<u64>, Failure> {
        let Ahead { searched, until, erasures, subjects } = &self.0;
        let is_next = locked_bookmark(connection, BOOKMARK).await? == *searched;
        if !is_next || bookmark(connection, erase::BOOKMARK).await? != *erasures {
            return Ok(None);
        }
        let mut documents = full_text::Documents::at(*until);
        for (subject, words) in subjects {
            documents::refresh(connection, subject, words.as_ref(), &mut documents).await?;
        }
        documents.finish(connection).await?;
        move_bookmark(connection, BOOKMARK, *until).await?;
        Ok(Some(until - searched))
    }
}

/// What an event may have changed for search.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Title(ConversationId),
    Person(UserId),
    Message(ConversationId, MessageId),
}

impl Subject {
    fn of(event: &Event) -> Option<Self> {
        match event.kind {
            EventKind::UserCreated | EventKind::UserUpdated => event.user.clone().map(Self::Person),
            EventKind::ConversationCreated | EventKind::ConversationUpdated => {
                event.conversation.clone().map(Self::Title)
            }
            EventKind::MessageCreated | EventKind::NoteCreated => {
                let message = event.conversation.clone().zip(event.message.clone());
                message.map(|(conversation, message)| Self::Message(conversation, message))
            }
            EventKind::AgentCreated
            | EventKind::AgentUpdated
            | EventKind::ConversationHandedOver
            | EventKind::UserDeleted => None,
        }
    }
}

pub(super) struct Words {
    pub(super) words: Vec<String>,
    pub(super) limit: u32,
}

impl Task for Words {
    type Output = Vec<ConversationDetails>;

    async fn run(&self, connection: &mut Connection) -> Result<Vec<ConversationDetails>, Failure> {
        if self.words.is_empty() {
            return Ok(Vec::new());
        }
        let keys = full_text::matching(connection, &self.words, self.limit).await?;
        inbox::by_key(connection, &keys).await
    }
}
