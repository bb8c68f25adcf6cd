//! Search over titles, people and messages.
//!
//! A post writes nothing here. Whoever searches first follows the event log from where the last
//! one stopped, and reads what the events name: so the documents are always those of some moment,
//! and an event that is dealt with twice does no harm.

mod documents;

use std::collections::BTreeSet;

use deskport_domain::{ConversationDetails, ConversationId, Event, EventKind, MessageId, UserId};
use deskport_ports::{LoggedEvent, SearchQuery, StoreError};

use super::{
    Connection, Store, Task, full_text, inbox,
    log::{EventQuery, bookmark, locked_bookmark, move_bookmark, newest},
};
use crate::{error::Failure, words};
pub(in super::super) use documents::Document;
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
        let mut progress = self.database.read(&ReadProgress).await?;
        let target = progress.newest;
        while progress.searched < target {
            self.database.write(CatchUp).await?;
            progress = self.database.read(&ReadProgress).await?;
        }
        let words: Vec<_> = query.words.iter().flat_map(|word| words::split(word)).collect();
        Ok(self.database.read(&Words { words, limit: query.limit }).await?)
    }

    /// Deals with some events; tells how many.
    pub(super) async fn catch_up(&self) -> Result<u64, StoreError> {
        let searched = self.database.read(&ReadProgress).await?.searched;
        self.database.number_events(searched, BATCH).await?;
        let progress = self.database.read(&ReadProgress).await?;
        if progress.searched >= progress.newest {
            return Ok(0);
        }
        Ok(self.database.write(CatchUp).await?)
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

struct CatchUp;

impl Task for CatchUp {
    type Output = u64;

    /// Of several instances one at a time.
    async fn run(&self, connection: &mut Connection) -> Result<u64, Failure> {
        let after = locked_bookmark(connection, BOOKMARK).await?;
        let events = EventQuery { after, limit: BATCH }.run(connection).await?;
        let Some(LoggedEvent { position, .. }) = events.last() else { return Ok(0) };
        let subjects: BTreeSet<Subject> =
            events.iter().filter_map(|logged| Subject::of(&logged.event)).collect();
        let mut documents = full_text::Documents::at(*position);
        for subject in subjects {
            documents::refresh(connection, &subject, &mut documents).await?;
        }
        documents.finish(connection).await?;
        move_bookmark(connection, BOOKMARK, *position).await?;
        Ok(events.len() as u64)
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
