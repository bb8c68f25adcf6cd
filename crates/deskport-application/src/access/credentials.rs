//! Making, listing and revoking credentials.

use deskport_domain::{Text, Timestamp};
use deskport_ports::{Client, Role, StoreError, Token};
use subtle::ConstantTimeEq;
use tracing::info;

use super::Access;
use crate::secret::{self, Secret};

/// A credential and the one chance to read its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCredential<T> {
    /// What was stored.
    pub credential: T,
    /// The secret, which is stored nowhere.
    pub secret: Secret,
}

/// A token that a client fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedToken {
    /// The bearer token.
    pub secret: Secret,
    /// How long it works, in seconds.
    pub expires_in_s: u32,
}

/// Why no token was issued.
#[derive(Debug, thiserror::Error)]
pub enum IssueTokenError {
    /// Unknown or revoked client, or wrong secret; callers must not learn which.
    #[error("the client is unknown or its secret is wrong")]
    InvalidClient,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Access {
    /// Issues a token to a client that shows its secret (RFC 6749 section 4.4).
    ///
    /// # Errors
    /// [`IssueTokenError`] when the client is not to be trusted, or the store fails.
    pub async fn issue_token(&self, client: &str, secret: &str) -> Result<IssuedToken, IssueTokenError> {
        let stored = self.world.store.client(client).await?.filter(|client| client.revoked_at.is_none());
        let shown = secret::digest(secret);
        let trusted = stored.as_ref().is_some_and(|client| bool::from(client.digest.0.ct_eq(&shown.0)));
        let (true, Some(client)) = (trusted, stored) else {
            return Err(IssueTokenError::InvalidClient);
        };
        let now = self.world.clock.now();
        let ends = now.plus_millis(i64::from(self.token_lifetime_s) * 1_000);
        let made = self.new_token(client.role, client.label, Some(client.id), Some(ends));
        self.world.store.add_token(&made.credential).await?;
        Ok(IssuedToken { secret: made.secret, expires_in_s: self.token_lifetime_s })
    }

    /// Makes a token by hand; without `expires_at` it works until it is revoked.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn create_token(
        &self,
        role: Role,
        label: Text,
        expires_at: Option<Timestamp>,
    ) -> Result<NewCredential<Token>, StoreError> {
        let made = self.new_token(role, label, None, expires_at);
        self.world.store.add_token(&made.credential).await?;
        info!(token.id = %made.credential.id, ?role, "Created a token");
        Ok(made)
    }

    /// Makes a client.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn create_client(&self, role: Role, label: Text) -> Result<NewCredential<Client>, StoreError> {
        let made = self.new_client(role, label);
        self.world.store.add_client(&made.credential).await?;
        info!(client.id = %made.credential.id, ?role, "Created a client");
        Ok(made)
    }

    /// The tokens that have not expired.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn tokens(&self) -> Result<Vec<Token>, StoreError> {
        self.world.store.tokens(self.world.clock.now()).await
    }

    /// The clients.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn clients(&self) -> Result<Vec<Client>, StoreError> {
        self.world.store.clients().await
    }

    /// Revokes a token by its id; tells whether there is one.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn revoke_token(&self, id: &str) -> Result<bool, StoreError> {
        let found = self.world.store.revoke_token(id, self.world.clock.now()).await?;
        self.cache.clear();
        Ok(found)
    }

    /// Revokes a client and the tokens that it fetched; tells whether there is one.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn revoke_client(&self, id: &str) -> Result<bool, StoreError> {
        let found = self.world.store.revoke_client(id, self.world.clock.now()).await?;
        self.cache.clear();
        Ok(found)
    }

    pub(crate) fn new_token(
        &self,
        role: Role,
        label: Text,
        client_id: Option<Text>,
        expires_at: Option<Timestamp>,
    ) -> NewCredential<Token> {
        let secret = Secret::new("dpt_", self.world.ids.secret());
        let id = Text::from(format!("token_{:032x}", self.world.ids.uuid()));
        let (digest, created_at) = (secret.digest(), self.world.clock.now());
        let revoked_at = None;
        let credential = Token { id, role, digest, label, client_id, created_at, expires_at, revoked_at };
        NewCredential { credential, secret }
    }

    pub(crate) fn new_client(&self, role: Role, label: Text) -> NewCredential<Client> {
        let secret = Secret::new("dps_", self.world.ids.secret());
        let id = Text::from(format!("client_{:032x}", self.world.ids.uuid()));
        let (digest, created_at) = (secret.digest(), self.world.clock.now());
        NewCredential { credential: Client { id, role, digest, label, created_at, revoked_at: None }, secret }
    }
}
