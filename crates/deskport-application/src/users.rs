//! What happens to end users.

use deskport_domain::{CreateUser, EndUser, Timestamp, UpdateUser, UserId};
use deskport_ports::{ChangeSet, CommitError, Effect, StoreError, Stored, UserChange};
use tracing::{debug, warn};

use crate::{World, owed};

/// Use cases about end users.
#[derive(Debug, Clone)]
pub struct Users(World);

/// Why there is no end user to answer.
#[derive(Debug, thiserror::Error)]
pub enum UserError {
    /// Nobody has this id.
    #[error("there is no end user with this id")]
    Unknown,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Users {
    pub(crate) fn new(world: World) -> Self {
        Self(world)
    }

    /// The end user with this id.
    ///
    /// # Errors
    /// [`UserError`] when there is none, or the store fails.
    pub async fn load(&self, id: &UserId) -> Result<EndUser, UserError> {
        self.0.store.user(id).await?.ok_or(UserError::Unknown)
    }

    /// Creates an end user; a repeat answers the one that is stored.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn create(&self, command: CreateUser) -> Result<EndUser, UserError> {
        let CreateUser { object_id, update } = command;
        let at = self.0.clock.now();
        let id = object_id
            .map_or_else(|| UserId::from_uuid(self.0.ids.uuid()), |object_id| UserId::derived(&object_id));
        let mut wanted = EndUser::unknown(id, at);
        wanted.apply(&update, at);

        let Stored { value: user, effect } = self.commit(at, UserChange::Create(wanted)).await?;
        if effect == Effect::Unchanged && user.clone().apply(&update, at) {
            warn!(user.id = %user.id, "A repeated create differs from the stored end user, who stays");
        }
        Ok(user)
    }

    /// Changes what is known of an end user.
    ///
    /// # Errors
    /// [`UserError`] when there is no such user, or the store fails.
    pub async fn update(&self, command: UpdateUser) -> Result<EndUser, UserError> {
        let UpdateUser { user, update } = command;
        let at = self.0.clock.now();
        Ok(self.commit(at, UserChange::Update(user, update)).await?.value)
    }

    async fn commit(&self, at: Timestamp, change: UserChange) -> Result<Stored<EndUser>, UserError> {
        let committed = self.0.store.commit(ChangeSet::new(at).with_user(change)).await?;
        let stored = owed(committed.user)?;
        debug!(user.id = %stored.value.id, effect = ?stored.effect, "Stored an end user");
        Ok(stored)
    }
}

impl From<CommitError> for UserError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Missing(_) => Self::Unknown,
            CommitError::Store(error) => Self::Store(error),
        }
    }
}
