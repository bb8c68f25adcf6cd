//! Tokens, clients and the first start.

use async_trait::async_trait;
use deskport_domain::Timestamp;
use deskport_ports::{
    Client, ClientRepository, Digest, FirstStart, Maintenance, StoreError, Token, TokenRepository,
};

use crate::{MemoryStore, state::State};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// Something else is stored under this id or digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Taken;

#[async_trait]
impl TokenRepository for MemoryStore {
    async fn token(&self, digest: &Digest) -> Result<Option<Token>, StoreError> {
        Ok(self.read().tokens.get(digest).cloned())
    }

    async fn tokens(&self, now: Timestamp) -> Result<Vec<Token>, StoreError> {
        let is_valid = |token: &&Token| token.expires_at.is_none_or(|end| end > now);
        let mut tokens: Vec<_> = self.read().tokens.values().filter(is_valid).cloned().collect();
        tokens.sort_by(|one, other| (one.created_at, &one.id).cmp(&(other.created_at, &other.id)));
        Ok(tokens)
    }

    async fn add_token(&self, token: &Token) -> Result<(), StoreError> {
        let mut state = self.write();
        let is_taken = |other: &Token| other.id == token.id || other.digest == token.digest;
        if state.tokens.values().any(is_taken) {
            return Err(StoreError::backend(Taken));
        }
        let day_before = token.created_at.plus_millis(-DAY);
        state.tokens.retain(|_, old| old.expires_at.is_none_or(|end| end >= day_before));
        state.tokens.insert(token.digest, token.clone());
        Ok(())
    }

    async fn revoke_token(&self, id: &str, at: Timestamp) -> Result<bool, StoreError> {
        let mut state = self.write();
        let token = state.tokens.values_mut().find(|token| *token.id == *id);
        Ok(token.map(|token| token.revoked_at.get_or_insert(at)).is_some())
    }
}

#[async_trait]
impl ClientRepository for MemoryStore {
    async fn client(&self, id: &str) -> Result<Option<Client>, StoreError> {
        Ok(self.read().clients.get(id).cloned())
    }

    async fn clients(&self) -> Result<Vec<Client>, StoreError> {
        let mut clients: Vec<_> = self.read().clients.values().cloned().collect();
        clients.sort_by(|one, other| (one.created_at, &one.id).cmp(&(other.created_at, &other.id)));
        Ok(clients)
    }

    async fn add_client(&self, client: &Client) -> Result<(), StoreError> {
        let mut state = self.write();
        if state.clients.contains_key(client.id.as_str()) {
            return Err(StoreError::backend(Taken));
        }
        state.clients.insert(client.id.to_string(), client.clone());
        Ok(())
    }

    async fn revoke_client(&self, id: &str, at: Timestamp) -> Result<bool, StoreError> {
        let State { clients, tokens, .. } = &mut *self.write();
        let Some(client) = clients.get_mut(id) else {
            return Ok(false);
        };
        client.revoked_at.get_or_insert(at);
        for token in tokens.values_mut().filter(|token| token.client_id.as_deref() == Some(id)) {
            token.revoked_at.get_or_insert(at);
        }
        Ok(true)
    }
}

#[async_trait]
impl Maintenance for MemoryStore {
    async fn first_start(&self, start: &FirstStart) -> Result<bool, StoreError> {
        let FirstStart { agent, client, token } = start.clone();
        let mut state = self.write();
        if !(state.agents.is_empty() && state.clients.is_empty() && state.tokens.is_empty()) {
            return Ok(false);
        }
        state.agents.insert(agent.id.clone(), agent);
        state.clients.insert(client.id.to_string(), client);
        state.tokens.insert(token.digest, token);
        Ok(true)
    }

    async fn check(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

impl std::error::Error for Taken {}

impl std::fmt::Display for Taken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the id or the digest is taken")
    }
}
