//! What the application needs from the outside world: traits, their values and their errors.
//!
//! A store implements [`Store`]: the read traits, [`UnitOfWork`], [`EventLog`], [`Outbox`],
//! [`Eraser`], two credential traits and [`Maintenance`]. The way out is [`WebhookTransport`]. Each trait's documentation is a contract; `deskport-testkit` proves it.

mod change_set;
mod clock;
mod consequences;
mod credential;
mod erasure;
mod error;
mod event_log;
mod maintenance;
#[cfg(feature = "mock")]
mod mock;
mod outbox;
mod repository;
mod transport;

pub use change_set::{
    AgentChange, ChangeSet, CommitError, Committed, ConversationChange, Effect, Missing, Stored, UnitOfWork,
    UserChange,
};
pub use clock::{Clock, IdSource};
pub use consequences::Consequences;
pub use credential::{Client, ClientRepository, Digest, Role, Token, TokenRepository};
pub use erasure::{Eraser, Erasure, ErasureReceipt};
pub use error::{BoxError, StoreError};
pub use event_log::{EventLog, Lease, LogBounds, LoggedEvent};
pub use maintenance::{FirstStart, Maintenance};
#[cfg(feature = "mock")]
pub use mock::MockStore;
pub use outbox::{
    Attempt, Claim, Delivery, DeliveryState, KEPT_ATTEMPTS, Outbox, Redelivery, Settlement, Standing,
};
pub use repository::{
    AgentRepository, Assignment, ConversationCursor, ConversationQuery, ConversationRepository,
    EarlierMessages, Inbox, MessagePage, MessageQuery, MessageRepository, Notes, Position, SearchQuery,
    SequencedMessage, Store, ThreadVersion, UserQuery, UserRepository,
};
pub use transport::{Accepted, EventTransport, Notification, TransportError, WebhookTransport};
