//! Credentials as a store keeps them: digests, never secrets.

use async_trait::async_trait;
use deskport_domain::{Text, Timestamp};

use crate::StoreError;

/// What a credential opens. A role opens only its own face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The face for Fin.
    Fin,
    /// The face for the helpdesk itself.
    Desk,
    /// The face for operators.
    Admin,
}

/// SHA-256 of a secret of 256 random bits. Such secrets need no slow hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

/// A bearer token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// A short id to name the token by; no secret.
    pub id: Text,
    /// What it opens.
    pub role: Role,
    /// The digest of the secret.
    pub digest: Digest,
    /// What it is for, in somebody's words.
    pub label: Text,
    /// The client that fetched it, if it was not made by hand.
    pub client_id: Option<Text>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working by itself.
    pub expires_at: Option<Timestamp>,
    /// When somebody revoked it.
    pub revoked_at: Option<Timestamp>,
}

/// An OAuth client that may fetch tokens by the client credentials grant (RFC 6749 section 4.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// The public `client_id`.
    pub id: Text,
    /// The role of the tokens that it fetches.
    pub role: Role,
    /// The digest of the `client_secret`.
    pub digest: Digest,
    /// What it is for, in somebody's words.
    pub label: Text,
    /// When it was made.
    pub created_at: Timestamp,
    /// When somebody revoked it.
    pub revoked_at: Option<Timestamp>,
}

/// Bearer tokens.
#[async_trait]
pub trait TokenRepository: Send + Sync {
    /// The token with this digest, also when it has expired or was revoked.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn token(&self, digest: &Digest) -> Result<Option<Token>, StoreError>;

    /// All tokens that have not expired at the moment `now`, revoked ones among them, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn tokens(&self, now: Timestamp) -> Result<Vec<Token>, StoreError>;

    /// Stores a new token; durable when this returns. Forgets those that expired more than a day
    /// before this one was made.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails; also when the id or the digest is taken.
    async fn add_token(&self, token: &Token) -> Result<(), StoreError>;

    /// Revokes a token by its id; tells whether there is one. The first revocation's moment stays.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn revoke_token(&self, id: &str, at: Timestamp) -> Result<bool, StoreError>;
}

/// OAuth clients.
#[async_trait]
pub trait ClientRepository: Send + Sync {
    /// The client with this id, also when it was revoked.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn client(&self, id: &str) -> Result<Option<Client>, StoreError>;

    /// All clients, revoked ones among them, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn clients(&self) -> Result<Vec<Client>, StoreError>;

    /// Stores a new client; durable when this returns.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails; also when the id is taken.
    async fn add_client(&self, client: &Client) -> Result<(), StoreError>;

    /// Revokes a client and every token that it fetched; tells whether there is one. The first
    /// revocation's moment stays.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn revoke_client(&self, id: &str, at: Timestamp) -> Result<bool, StoreError>;
}
