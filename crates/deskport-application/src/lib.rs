//! The use cases of a helpdesk that Fin works on.
//!
//! Async, but no runtime, no HTTP, no SQL and no JSON: the faces translate, the store stores, and
//! what happens in between is here. Time, ids and storage come in through the ports.

mod access;
mod agents;
mod conversations;
mod deliveries;
mod events;
mod forwarder;
mod messages;
mod notifier;
mod secret;
mod setup;
mod upkeep;
mod users;

use std::sync::Arc;

pub use access::{Access, AccessError, AccessOptions, Caller, IssueTokenError, IssuedToken, NewCredential};
pub use agents::{AgentError, Agents};
pub use conversations::{
    Conversations, CreateConversationError, CreatedConversation, LoadConversationError,
    UpdateConversationError,
};
pub use deliveries::Deliveries;
use deskport_domain::{ConversationId, MessageId, Origin, Timestamp};
pub use deskport_ports::{
    Assignment, Attempt, Client, ConversationCursor, ConversationQuery, DeliveryState, EarlierMessages,
    Effect, ErasureReceipt, LogBounds, LoggedEvent, MessagePage, MessageQuery, Notes, Position, Redelivery,
    Role, SearchQuery, SequencedMessage, Standing, StoreError, Stored, ThreadVersion, Token, UserQuery,
};
use deskport_ports::{ChangeSet, Clock, IdSource, Store};
pub use events::Events;
pub use forwarder::{Forwarded, Forwarder};
pub use messages::{ListMessagesError, Messages, PostMessageError};
pub use notifier::{HintError, Notifier, TypingHints};
pub use secret::Secret;
pub use setup::{FirstSecrets, PreparedStart, Setup};
pub use upkeep::Upkeep;
pub use users::{UserError, Users};

/// Everything that a face can ask for. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Helpdesk {
    /// End users.
    pub users: Users,
    /// Agents.
    pub agents: Agents,
    /// Conversations.
    pub conversations: Conversations,
    /// Messages.
    pub messages: Messages,
    /// What happened.
    pub events: Events,
    /// What Fin is told.
    pub deliveries: Deliveries,
    /// Who may come in.
    pub access: Access,
    /// The first start.
    pub setup: Setup,
    /// What keeps the store in shape.
    pub upkeep: Upkeep,
    world: World,
}

/// The outside world, as every group of use cases holds it.
#[derive(Clone)]
struct World {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    origin: Origin,
}

impl World {
    /// A change that is made now, by whoever this world serves.
    fn change(&self) -> ChangeSet {
        ChangeSet::new(self.ids.uuid(), self.origin, self.clock.now())
    }

    /// The id of the message that the caller knows by `name`. Fin's names and the desk's never meet.
    fn message_id(&self, conversation: &ConversationId, name: &str) -> MessageId {
        match self.origin {
            Origin::Fin => MessageId::derived(conversation, name),
            Origin::Desk => MessageId::keyed(conversation, name),
        }
    }

    /// The id of the conversation that the caller knows by `name`.
    fn conversation_id(&self, name: &str) -> ConversationId {
        match self.origin {
            Origin::Fin => ConversationId::derived(name),
            Origin::Desk => ConversationId::keyed(name),
        }
    }
}

/// A part of a commit's answer, which a store owes for each part of the change set.
fn owed<T>(part: Option<T>) -> Result<T, StoreError> {
    part.ok_or_else(|| StoreError::backend("the store left out a part of its answer to a commit"))
}

impl Helpdesk {
    /// Puts the use cases together over one store.
    ///
    /// What it changes counts as Fin's doing; see [`Helpdesk::for_desk`].
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        access: &AccessOptions,
    ) -> Self {
        let world = World { store, clock, ids, origin: Origin::Fin };
        let access = Access::new(world.clone(), access);
        Self::over(world, access)
    }

    /// The same helpdesk for the desk's people: Fin is told of what they change.
    #[must_use]
    pub fn for_desk(&self) -> Self {
        Self::over(World { origin: Origin::Desk, ..self.world.clone() }, self.access.clone())
    }

    fn over(world: World, access: Access) -> Self {
        Self {
            users: Users::new(world.clone()),
            agents: Agents::new(world.clone()),
            conversations: Conversations::new(world.clone()),
            messages: Messages::new(world.clone()),
            events: Events::new(world.clone()),
            deliveries: Deliveries::new(world.clone()),
            setup: Setup::new(world.clone(), access.clone()),
            upkeep: Upkeep::new(world.clone()),
            access,
            world,
        }
    }

    /// The present moment, by the clock that the use cases go by.
    pub fn now(&self) -> Timestamp {
        self.world.clock.now()
    }

    /// Whether requests can be served: the store answers and has the right schema.
    ///
    /// # Errors
    /// [`StoreError`] that says what is wrong.
    pub async fn ready(&self) -> Result<(), StoreError> {
        self.world.store.check().await
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World").finish_non_exhaustive()
    }
}
