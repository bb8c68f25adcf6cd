//! What the application needs from the outside world: traits, their values and their errors.
//!
//! A store implements [`Store`]: five read traits, [`UnitOfWork`], two credential traits and
//! [`Maintenance`]. Each trait's documentation is a contract; `deskport-testkit` proves it.

mod change_set;
mod clock;
mod credential;
mod error;
mod maintenance;
#[cfg(feature = "mock")]
mod mock;
mod repository;

pub use change_set::{
    AgentChange, ChangeSet, CommitError, Committed, ConversationChange, Effect, Missing, Stored, UnitOfWork,
    UserChange,
};
pub use clock::{Clock, IdSource};
pub use credential::{Client, ClientRepository, Digest, Role, Token, TokenRepository};
pub use error::{BoxError, StoreError};
pub use maintenance::{FirstStart, Maintenance};
#[cfg(feature = "mock")]
pub use mock::MockStore;
pub use repository::{
    AgentRepository, ConversationRepository, MessagePage, MessageQuery, MessageRepository, Notes, Position,
    SequencedMessage, Store, UserRepository,
};
