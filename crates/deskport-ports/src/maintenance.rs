//! What an operator and a first start need of a store.

use async_trait::async_trait;
use deskport_domain::Agent;

use crate::{Client, StoreError, Token};

/// What a first start on an empty store creates (decision 25).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstStart {
    /// The agent that stands for Fin.
    pub agent: Agent,
    /// The client with which Fin fetches its tokens.
    pub client: Client,
    /// The token of the helpdesk's own face.
    pub token: Token,
}

/// What keeps a store in order.
#[async_trait]
pub trait Maintenance: Send + Sync {
    /// Stores all of `start` if the store holds no agent, no client and no token, else nothing.
    /// Tells which: of several instances that start at once, exactly one gets `true`.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    async fn first_start(&self, start: &FirstStart) -> Result<bool, StoreError>;

    /// Whether the store answers and its schema is the one that this version needs.
    ///
    /// # Errors
    /// [`StoreError`] that says what is wrong.
    async fn check(&self) -> Result<(), StoreError>;
}
