//! Defects of what a commit does.

use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use async_trait::async_trait;
use deskport_domain::{
    AuthoredMessage, ConversationUpdate, EndUser, MessageId, Number, Patch, Text, UserUpdate, Value,
};
use deskport_ports::{
    ChangeSet, CommitError, Committed, ConversationChange, Effect, Missing, Stored, UnitOfWork, UserChange,
    UserRepository,
};
use deskport_storage_memory::MemoryStore;
use deskport_testkit::build::a_change_id;
use tokio::sync::Barrier;

use crate::wrapper::Defect;

/// Declares a defect that changes a change set before the sound store gets it.
macro_rules! rewrites {
    ($(#[$doc:meta] $defect:ident = $rewrite:expr;)*) => {
        $(
            #[$doc]
            #[derive(Debug)]
            pub(crate) struct $defect;

            #[async_trait]
            impl Defect for $defect {
                async fn commit(&self, sound: &MemoryStore, changes: ChangeSet) -> Result<Committed, CommitError> {
                    let rewrite: fn(ChangeSet) -> ChangeSet = $rewrite;
                    sound.commit(rewrite(changes)).await
                }
            }
        )*
    };
}

rewrites! {
    /// Drops spaces at the ends of names.
    TrimsText = |changes| with_new_user(changes, |user| {
        EndUser { name: user.name.map(|name| Text::from(name.trim())), ..user }
    });
    /// Takes an empty name for none.
    TakesEmptyForNone = |changes| with_new_user(changes, |user| {
        EndUser { name: user.name.filter(|name| !name.is_empty()), ..user }
    });
    /// Rounds large whole numbers, as a double would.
    RoundsNumbers = |changes| with_new_user(changes, |user| {
        EndUser { attributes: user.attributes.into_iter().map(|(name, value)| (name, rounded(value))).collect(), ..user }
    });
    /// Cannot tell null from absent.
    KeepsCleared = |changes| match changes.conversation {
        Some(ConversationChange::Update(id, update)) => {
            let title = if update.title == Patch::Clear { Patch::Keep } else { update.title };
            let update = ConversationUpdate { title, ..update };
            ChangeSet { conversation: Some(ConversationChange::Update(id, update)), ..changes }
        }
        _ => changes,
    };
}

/// Puts an update's attributes in the place of the stored ones.
#[derive(Debug)]
pub(crate) struct ReplacesAttributes;

#[async_trait]
impl Defect for ReplacesAttributes {
    async fn commit(&self, sound: &MemoryStore, changes: ChangeSet) -> Result<Committed, CommitError> {
        if let Some(UserChange::Update(id, UserUpdate { attributes: Patch::Set(_), .. })) = &changes.user {
            let clear = UserUpdate { attributes: Patch::Clear, ..UserUpdate::default() };
            let clear = UserChange::Update(id.clone(), clear);
            sound.commit(ChangeSet::new(a_change_id(), changes.origin, changes.at).with_user(clear)).await?;
        }
        sound.commit(changes).await
    }
}

/// Says of every repeat that it was the first.
#[derive(Debug)]
pub(crate) struct CreatesRepeats;

#[async_trait]
impl Defect for CreatesRepeats {
    async fn commit(&self, sound: &MemoryStore, changes: ChangeSet) -> Result<Committed, CommitError> {
        let committed = sound.commit(changes).await?;
        let user = committed.user.map(|user| Stored { effect: Effect::Created, ..user });
        Ok(Committed { user, ..committed })
    }
}

/// Lets a repeat's content win over the first one's.
#[derive(Debug)]
pub(crate) struct OverwritesRepeats;

#[async_trait]
impl Defect for OverwritesRepeats {
    async fn commit(&self, sound: &MemoryStore, changes: ChangeSet) -> Result<Committed, CommitError> {
        if let Some(UserChange::Create(user)) = &changes.user {
            let name = user.name.clone().map_or(Patch::Clear, Patch::Set);
            let change = UserChange::Upsert(user.id.clone(), UserUpdate { name, ..UserUpdate::default() });
            return sound.commit(ChangeSet { user: Some(change), ..changes }).await;
        }
        sound.commit(changes).await
    }
}

/// Answers with what it got, and not with what is stored.
#[derive(Debug)]
pub(crate) struct AnswersTheRequest;

#[async_trait]
impl Defect for AnswersTheRequest {
    async fn commit(&self, sound: &MemoryStore, changes: ChangeSet) -> Result<Committed, CommitError> {
        let request = changes.message.clone();
        let committed = sound.commit(changes).await?;
        let message = committed.message.zip(request).map(|(stored, message)| Stored {
            value: AuthoredMessage { message, ..stored.value },
            effect: stored.effect,
        });
        Ok(Committed { message, ..committed })
    }
}

/// Takes a message's id for taken when another conversation has it.
#[derive(Debug, Default)]
pub(crate) struct SharesMessageIds(Mutex<HashMap<MessageId, Stored<AuthoredMessage>>>);

#[async_trait]
impl Defect for SharesMessageIds {
    async fn commit(&self, sound: &MemoryStore, changes: ChangeSet) -> Result<Committed, CommitError> {
        let id = changes.message.as_ref().map(|message| message.id.clone());
        let known = id.and_then(|id| self.0.lock().unwrap().get(&id).cloned());
        if let Some(known) = known {
            let message = Some(Stored { effect: Effect::Unchanged, ..known });
            return Ok(Committed { message, ..Committed::default() });
        }
        let committed = sound.commit(changes).await?;
        if let Some(stored) = &committed.message {
            self.0.lock().unwrap().insert(stored.value.message.id.clone(), stored.clone());
        }
        Ok(committed)
    }
}

/// Commits each part for itself.
#[derive(Debug)]
pub(crate) struct CommitsInPieces;

#[async_trait]
impl Defect for CommitsInPieces {
    async fn commit(&self, sound: &MemoryStore, changes: ChangeSet) -> Result<Committed, CommitError> {
        let ChangeSet { origin, at, agent, user, conversation, message, .. } = changes;
        let piece = || ChangeSet::new(a_change_id(), origin, at);
        let people = sound.commit(ChangeSet { agent, user, ..piece() }).await?;
        let begun = sound.commit(ChangeSet { conversation, ..piece() }).await?;
        let posted = sound.commit(ChangeSet { message, ..piece() }).await?;
        let conversation = match begun.conversation {
            Some(begun) => {
                let change =
                    ConversationChange::Update(begun.value.conversation.id, ConversationUpdate::default());
                let now = sound.commit(piece().with_conversation(change)).await?.conversation;
                now.map(|now| Stored { effect: begun.effect, ..now })
            }
            None => None,
        };
        Ok(Committed { conversation, message: posted.message, ..people })
    }
}

/// Knows that something is missing, but not what.
#[derive(Debug)]
pub(crate) struct NamesTheWrongReference;

#[async_trait]
impl Defect for NamesTheWrongReference {
    async fn commit(&self, sound: &MemoryStore, changes: ChangeSet) -> Result<Committed, CommitError> {
        sound.commit(changes).await.map_err(|error| match error {
            CommitError::Missing(Missing::Author) => CommitError::Missing(Missing::User),
            other => other,
        })
    }
}

/// Reads, lets others read too, and writes back what it made of its own reading.
#[derive(Debug)]
pub(crate) struct LosesUpdates {
    callers: AtomicUsize,
    both_have_read: Barrier,
    writing: tokio::sync::Mutex<()>,
}

impl Default for LosesUpdates {
    fn default() -> Self {
        Self {
            callers: AtomicUsize::new(0),
            both_have_read: Barrier::new(2),
            writing: tokio::sync::Mutex::new(()),
        }
    }
}

#[async_trait]
impl Defect for LosesUpdates {
    async fn commit(&self, sound: &MemoryStore, changes: ChangeSet) -> Result<Committed, CommitError> {
        let Some(UserChange::Update(id, update)) = &changes.user else {
            return sound.commit(changes).await;
        };
        let mut user = sound.user(id).await?.ok_or(CommitError::Missing(Missing::User))?;
        if self.callers.fetch_add(1, Ordering::SeqCst) < 2 {
            self.both_have_read.wait().await;
        }
        user.apply(update, changes.at);
        let overwrite = |attributes| {
            let update = UserUpdate { attributes, ..UserUpdate::default() };
            ChangeSet::new(a_change_id(), changes.origin, changes.at)
                .with_user(UserChange::Update(id.clone(), update))
        };
        let _writing = self.writing.lock().await;
        sound.commit(overwrite(Patch::Clear)).await?;
        sound.commit(overwrite(Patch::Set(user.attributes))).await
    }
}

fn with_new_user(changes: ChangeSet, rewrite: fn(EndUser) -> EndUser) -> ChangeSet {
    match changes.user {
        Some(UserChange::Create(user)) => {
            ChangeSet { user: Some(UserChange::Create(rewrite(user))), ..changes }
        }
        _ => changes,
    }
}

fn rounded(value: Value) -> Value {
    match value {
        Value::Number(Number::Unsigned(number)) => Value::Number(Number::Unsigned(number & !0x7ff)),
        other => other,
    }
}
