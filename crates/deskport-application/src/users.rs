//! What happens to end users.

use deskport_domain::{CreateUser, EndUser, UpdateUser, UserId};
use deskport_ports::{
    ChangeSet, CommitError, Effect, Erasure, ErasureReceipt, StoreError, Stored, UserChange, UserQuery,
};
use tracing::{debug, info, warn};

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
        let changes = self.0.change();
        let at = changes.at;
        let id = object_id
            .map_or_else(|| UserId::from_uuid(self.0.ids.uuid()), |object_id| UserId::derived(&object_id));
        let mut wanted = EndUser::unknown(id, at);
        wanted.apply(&update, at);

        let Stored { value: user, effect } =
            self.commit(changes.with_user(UserChange::Create(wanted))).await?;
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
        let changes = self.0.change().with_user(UserChange::Update(user, update));
        Ok(self.commit(changes).await?.value)
    }

    /// Changes what is known of a person, and creates one where nobody has this id: that is how an
    /// existing helpdesk brings its people.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn upsert(&self, command: UpdateUser) -> Result<Stored<EndUser>, UserError> {
        let UpdateUser { user, update } = command;
        self.commit(self.0.change().with_user(UserChange::Upsert(user, update))).await
    }

    /// End users, page by page, in an order that depends on their ids only.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn list(&self, query: &UserQuery) -> Result<Vec<EndUser>, StoreError> {
        self.0.store.users(query).await
    }

    /// Removes a person with everything that belongs to the person.
    ///
    /// # Errors
    /// [`UserError`] when there is no such user, or the store fails.
    pub async fn erase(&self, user: UserId) -> Result<ErasureReceipt, UserError> {
        let erasure = Erasure { id: self.0.ids.uuid(), user, at: self.0.clock.now() };
        let receipt = self.0.store.erase(&erasure).await?.ok_or(UserError::Unknown)?;
        info!(user.id = %erasure.user, receipt.conversations, receipt.messages, "Erased an end user");
        Ok(receipt)
    }

    async fn commit(&self, changes: ChangeSet) -> Result<Stored<EndUser>, UserError> {
        let committed = self.0.store.commit(changes).await?;
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
