//! The loops over the memory store, with transports that fail as told, in a time that nobody waits for.

mod forwarder;
mod notifier;
mod upkeep;

use std::sync::Arc;
use std::time::Duration;

use deskport_domain::{ConversationId, Timestamp};
use deskport_ports::{ChangeSet, Clock, ConversationChange, Outbox, Standing, UnitOfWork, UserChange};
use deskport_storage_memory::MemoryStore;
use deskport_testkit::{
    build::{a_change, a_conversation, a_message, a_user, conversation_id, moment},
    fake::SequentialIds,
};
use tokio::time::Instant;

use super::*;

const POLL: Duration = Duration::from_millis(500);

/// A clock that goes as the runtime's does.
struct RuntimeClock(Instant);

impl Clock for RuntimeClock {
    fn now(&self) -> Timestamp {
        moment(i64::try_from(self.0.elapsed().as_millis()).unwrap())
    }
}

impl Workers {
    /// Asks all loops to stop, and waits until they have.
    async fn stop(self) {
        self.stopper().stop();
        self.stopped(Duration::from_hours(1)).await;
    }
}

/// A store in which the desk changes conversations.
struct Desk {
    store: MemoryStore,
    clock: Arc<RuntimeClock>,
    ids: Arc<SequentialIds>,
}

impl Desk {
    /// Within a runtime whose time is paused.
    async fn new() -> Self {
        let clock = Arc::new(RuntimeClock(Instant::now()));
        let desk = Self { store: MemoryStore::default(), clock, ids: Arc::default() };
        desk.commit(desk.change().with_user(UserChange::Create(a_user().build()))).await;
        desk
    }

    /// Begins a conversation, of which Fin must be told.
    async fn begin(&self, id: &str) -> ConversationId {
        let conversation = a_conversation().id(id).build();
        self.commit(self.change().with_conversation(ConversationChange::Create(conversation))).await;
        conversation_id(id)
    }

    /// Posts the message with this number, of which Fin must be told.
    async fn post(&self, conversation: &str, number: usize) {
        let conversation = a_conversation().id(conversation).build();
        let message = a_message().id(&format!("msg_{number}")).within(&conversation).build();
        self.commit(self.change().with_message(message)).await;
    }

    async fn standing(&self, conversation: &ConversationId) -> Standing {
        self.store.delivery(conversation).await.unwrap().unwrap().standing
    }

    fn change(&self) -> ChangeSet {
        a_change(self.clock.now())
    }

    async fn commit(&self, changes: ChangeSet) {
        self.store.commit(changes).await.unwrap();
    }
}
