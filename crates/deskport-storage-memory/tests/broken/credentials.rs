//! Defects of tokens, clients and the first start.

use std::{collections::HashMap, sync::Mutex};

use async_trait::async_trait;
use deskport_domain::{Text, Timestamp};
use deskport_ports::{
    Client, ClientRepository, Digest, FirstStart, Maintenance, StoreError, Token, TokenRepository,
};
use deskport_storage_memory::MemoryStore;

use crate::wrapper::Defect;

/// Keeps every token for ever.
#[derive(Debug, Default)]
pub(crate) struct NeverForgets(Mutex<HashMap<Digest, Token>>);

#[async_trait]
impl Defect for NeverForgets {
    async fn token(&self, _: &MemoryStore, digest: &Digest) -> Result<Option<Token>, StoreError> {
        Ok(self.0.lock().unwrap().get(digest).cloned())
    }

    async fn add_token(&self, _: &MemoryStore, token: &Token) -> Result<(), StoreError> {
        self.0.lock().unwrap().insert(token.digest, token.clone());
        Ok(())
    }
}

/// Takes a second token under a digest, and does nothing with it.
#[derive(Debug)]
pub(crate) struct TakesAnyToken;

#[async_trait]
impl Defect for TakesAnyToken {
    async fn add_token(&self, sound: &MemoryStore, token: &Token) -> Result<(), StoreError> {
        let is_taken = sound.token(&token.digest).await?.is_some();
        if is_taken { Ok(()) } else { sound.add_token(token).await }
    }
}

/// Moves a revocation each time that somebody revokes.
#[derive(Debug, Default)]
pub(crate) struct KeepsTheLastRevocation(Mutex<HashMap<Text, Timestamp>>);

#[async_trait]
impl Defect for KeepsTheLastRevocation {
    async fn token(&self, sound: &MemoryStore, digest: &Digest) -> Result<Option<Token>, StoreError> {
        let token = sound.token(digest).await?;
        Ok(token.map(|token| Token { revoked_at: self.0.lock().unwrap().get(&token.id).copied(), ..token }))
    }

    async fn revoke_token(&self, sound: &MemoryStore, id: &str, at: Timestamp) -> Result<bool, StoreError> {
        self.0.lock().unwrap().insert(id.into(), at);
        sound.revoke_token(id, at).await
    }
}

/// Leaves a revoked client's tokens as they are.
#[derive(Debug)]
pub(crate) struct RevokesClientsOnly;

#[async_trait]
impl Defect for RevokesClientsOnly {
    async fn revoke_client(&self, sound: &MemoryStore, id: &str, _: Timestamp) -> Result<bool, StoreError> {
        Ok(sound.client(id).await?.is_some())
    }
}

/// Revokes all tokens together with one client.
#[derive(Debug)]
pub(crate) struct RevokesAllTokens;

#[async_trait]
impl Defect for RevokesAllTokens {
    async fn revoke_client(&self, sound: &MemoryStore, id: &str, at: Timestamp) -> Result<bool, StoreError> {
        for Client { id, .. } in sound.clients().await? {
            sound.revoke_client(&id, at).await?;
        }
        Ok(sound.client(id).await?.is_some())
    }
}

/// Tells every instance that it was the first.
#[derive(Debug)]
pub(crate) struct AlwaysStarts;

#[async_trait]
impl Defect for AlwaysStarts {
    async fn first_start(&self, sound: &MemoryStore, start: &FirstStart) -> Result<bool, StoreError> {
        sound.first_start(start).await?;
        Ok(true)
    }
}
