//! A store behind one lock, for tests and demos. **It forgets everything when it ends.**
//!
//! It keeps every promise of `deskport-ports` but durability, so that a test against it says
//! something about every store. It is also the shortest example of a store: read `commit.rs` first.
//!
//! ```
//! use deskport_domain::{EndUser, Origin, Timestamp, UserId};
//! use deskport_ports::{ChangeSet, CommitError, Effect, UnitOfWork, UserChange};
//! use deskport_storage_memory::MemoryStore;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), CommitError> {
//! let store = MemoryStore::default();
//! let jane = EndUser::unknown(UserId::derived("123456"), Timestamp::EPOCH);
//! let changes = ChangeSet::new(1, Origin::Desk, Timestamp::EPOCH).with_user(UserChange::Create(jane));
//! let user = store.commit(changes).await?.user;
//! assert_eq!(user.map(|user| user.effect), Some(Effect::Created));
//! # Ok(())
//! # }
//! ```

mod commit;
mod credentials;
mod erase;
mod inbox;
mod log;
mod outbox;
mod repository;
mod state;
mod thread;

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::state::State;

/// A store that forgets everything when its last clone is dropped. Clones share what is stored.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore {
    state: Arc<RwLock<State>>,
}

// Nothing panics while it writes, so a poisoned lock guards no half-written state. The guards are
// never held across an await.
impl MemoryStore {
    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }
}
