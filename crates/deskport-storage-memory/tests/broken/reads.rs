//! Defects of what a store reads.

use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use deskport_domain::{Agent, ConversationDetails, ConversationId, EndUser, UserId};
use deskport_ports::{
    AgentRepository, ChangeSet, CommitError, Committed, ConversationRepository, MessagePage, MessageQuery,
    MessageRepository, Notes, Position, SequencedMessage, StoreError, UnitOfWork, UserRepository,
};
use deskport_storage_memory::MemoryStore;

use crate::wrapper::Defect;

/// Gives a message its number, and stores it some time later. The first one waits until somebody
/// has read a later one, so that nothing here depends on luck.
#[derive(Debug, Default)]
pub(crate) struct NumbersBeforeCommit {
    last: AtomicU64,
    stored: Mutex<Vec<SequencedMessage>>,
    a_later_one_was_read: AtomicBool,
}

#[async_trait]
impl Defect for NumbersBeforeCommit {
    async fn commit(&self, sound: &MemoryStore, changes: ChangeSet) -> Result<Committed, CommitError> {
        let Some(message) = changes.message.clone() else {
            return sound.commit(changes).await;
        };
        let sequence = self.last.fetch_add(1, Ordering::SeqCst) + 1;
        while sequence == 1 && !self.a_later_one_was_read.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
        let committed = sound.commit(changes).await?;
        self.stored.lock().unwrap().push(SequencedMessage { sequence, message });
        Ok(committed)
    }

    async fn messages(
        &self,
        _: &MemoryStore,
        query: &MessageQuery,
    ) -> Result<Option<MessagePage>, StoreError> {
        let mut messages = self.stored.lock().unwrap().clone();
        messages.sort_by_key(|message| message.sequence);
        let after = match &query.after {
            Position::Start => 0,
            Position::Sequence(sequence) => *sequence,
            Position::Message(id) => {
                messages.iter().find(|known| known.message.id == *id).map_or(0, |known| known.sequence)
            }
        };
        messages.retain(|message| message.sequence > after);
        messages.truncate(query.limit as usize);
        if messages.iter().any(|message| message.sequence > 1) {
            self.a_later_one_was_read.store(true, Ordering::SeqCst);
        }
        let next = messages.last().map(|last| Position::Sequence(last.sequence));
        Ok(Some(MessagePage { messages, authors: vec![], next }))
    }
}

/// Declares a defect that reads something else than it was asked for, or changes what it read.
macro_rules! misreads {
    ($(#[$doc:meta] $defect:ident = |$query:ident| $asks:expr, |$page:ident| $answers:expr;)*) => {
        $(
            #[$doc]
            #[derive(Debug)]
            pub(crate) struct $defect;

            #[async_trait]
            impl Defect for $defect {
                async fn messages(
                    &self,
                    sound: &MemoryStore,
                    query: &MessageQuery,
                ) -> Result<Option<MessagePage>, StoreError> {
                    let $query = query.clone();
                    let page = sound.messages(&$asks).await?;
                    Ok(page.map(|$page| $answers))
                }
            }
        )*
    };
}

misreads! {
    /// Trusts the authors' clocks.
    OrdersByCreatedAt = |query| query, |page| {
        let mut messages: Vec<_> = page.messages.iter().map(|known| known.message.clone()).collect();
        messages.sort_by_key(|message| message.created_at);
        let numbers = page.messages.iter().map(|known| known.sequence);
        let messages = numbers.zip(messages).map(|(sequence, message)| SequencedMessage { sequence, message });
        MessagePage { messages: messages.collect(), ..page }
    };
    /// Begins the next page one message too late.
    SkipsBetweenPages = |query| query, |page| MessagePage {
        next: page.next.map(|next| match next {
            Position::Sequence(sequence) => Position::Sequence(sequence + 1),
            other => other,
        }),
        ..page
    };
    /// Begins every page at the start.
    IgnoresPositions = |query| MessageQuery { after: Position::Start, ..query }, |page| page;
    /// Shows everybody's notes to everybody.
    ShowsAllNotes = |query| MessageQuery { notes: Notes::All, ..query }, |page| page;
}

/// Takes an unknown hint for the end.
#[derive(Debug)]
pub(crate) struct FindsNothingAfterUnknown;

#[async_trait]
impl Defect for FindsNothingAfterUnknown {
    async fn messages(
        &self,
        sound: &MemoryStore,
        query: &MessageQuery,
    ) -> Result<Option<MessagePage>, StoreError> {
        let Position::Message(hint) = &query.after else {
            return sound.messages(query).await;
        };
        let all = MessageQuery { after: Position::Start, limit: u32::MAX, ..query.clone() };
        let page = sound.messages(&all).await?.unwrap_or_default();
        let is_known = page.messages.iter().any(|known| known.message.id == *hint);
        if is_known { sound.messages(query).await } else { Ok(Some(MessagePage::default())) }
    }
}

/// Says of every conversation that nothing happened since it began.
#[derive(Debug)]
pub(crate) struct NeverTouches;

#[async_trait]
impl Defect for NeverTouches {
    async fn conversation(
        &self,
        sound: &MemoryStore,
        id: &ConversationId,
    ) -> Result<Option<ConversationDetails>, StoreError> {
        let mut details = sound.conversation(id).await?;
        if let Some(details) = &mut details {
            details.conversation.updated_at = details.conversation.created_at;
        }
        Ok(details)
    }
}

/// Shows each user in a conversation as the first commit with it did.
#[derive(Debug, Default)]
pub(crate) struct RemembersUsers(Mutex<HashMap<UserId, EndUser>>);

#[async_trait]
impl Defect for RemembersUsers {
    async fn commit(&self, sound: &MemoryStore, changes: ChangeSet) -> Result<Committed, CommitError> {
        let committed = sound.commit(changes).await?;
        if let Some(user) = &committed.user {
            self.0.lock().unwrap().entry(user.value.id.clone()).or_insert_with(|| user.value.clone());
        }
        Ok(committed)
    }

    async fn conversation(
        &self,
        sound: &MemoryStore,
        id: &ConversationId,
    ) -> Result<Option<ConversationDetails>, StoreError> {
        let details = sound.conversation(id).await?;
        Ok(details.map(|details| {
            let known = self.0.lock().unwrap().get(&details.user.id).cloned();
            ConversationDetails { user: known.unwrap_or(details.user), ..details }
        }))
    }
}

/// Compares ids as names of files are compared elsewhere.
#[derive(Debug)]
pub(crate) struct FoldsCase;

#[async_trait]
impl Defect for FoldsCase {
    async fn user(&self, sound: &MemoryStore, id: &UserId) -> Result<Option<EndUser>, StoreError> {
        let folded = UserId::parse(&id.as_str().to_ascii_lowercase()).unwrap();
        sound.user(&folded).await
    }
}

/// Lists agents as an index on their ids does.
#[derive(Debug)]
pub(crate) struct ListsAgentsById;

#[async_trait]
impl Defect for ListsAgentsById {
    async fn agents(&self, sound: &MemoryStore) -> Result<Vec<Agent>, StoreError> {
        let mut agents = sound.agents().await?;
        agents.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(agents)
    }
}
