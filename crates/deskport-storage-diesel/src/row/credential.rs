//! Rows of `tokens` and `clients`.

use deskport_domain::Timestamp;
use deskport_ports::{Client, Digest, Role, StoreError, Token};
use diesel::prelude::{Insertable, Queryable, Selectable};

use super::{Impossible, moment, moment_if_any, text, to_text};
use crate::schema::{clients, tokens};

/// A token as it is stored.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = tokens, treat_none_as_default_value = false)]
pub(crate) struct TokenRow {
    id: String,
    role: String,
    digest: Vec<u8>,
    label: String,
    client_id: Option<String>,
    created_at: i64,
    expires_at: Option<i64>,
    revoked_at: Option<i64>,
}

/// A client as it is stored.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = clients, treat_none_as_default_value = false)]
pub(crate) struct ClientRow {
    id: String,
    role: String,
    digest: Vec<u8>,
    label: String,
    created_at: i64,
    revoked_at: Option<i64>,
}

impl From<&Token> for TokenRow {
    fn from(token: &Token) -> Self {
        Self {
            id: token.id.to_string(),
            role: role_name(token.role).to_owned(),
            digest: token.digest.0.to_vec(),
            label: token.label.to_string(),
            client_id: to_text(token.client_id.as_ref()),
            created_at: token.created_at.as_millis(),
            expires_at: token.expires_at.map(Timestamp::as_millis),
            revoked_at: token.revoked_at.map(Timestamp::as_millis),
        }
    }
}

impl TryFrom<TokenRow> for Token {
    type Error = StoreError;

    fn try_from(row: TokenRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id.into(),
            role: role("tokens.role", &row.role)?,
            digest: digest("tokens.digest", row.digest)?,
            label: row.label.into(),
            client_id: text(row.client_id),
            created_at: moment("tokens.created_at", row.created_at)?,
            expires_at: moment_if_any("tokens.expires_at", row.expires_at)?,
            revoked_at: moment_if_any("tokens.revoked_at", row.revoked_at)?,
        })
    }
}

impl From<&Client> for ClientRow {
    fn from(client: &Client) -> Self {
        Self {
            id: client.id.to_string(),
            role: role_name(client.role).to_owned(),
            digest: client.digest.0.to_vec(),
            label: client.label.to_string(),
            created_at: client.created_at.as_millis(),
            revoked_at: client.revoked_at.map(Timestamp::as_millis),
        }
    }
}

impl TryFrom<ClientRow> for Client {
    type Error = StoreError;

    fn try_from(row: ClientRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id.into(),
            role: role("clients.role", &row.role)?,
            digest: digest("clients.digest", row.digest)?,
            label: row.label.into(),
            created_at: moment("clients.created_at", row.created_at)?,
            revoked_at: moment_if_any("clients.revoked_at", row.revoked_at)?,
        })
    }
}

fn digest(what: &'static str, stored: Vec<u8>) -> Result<Digest, StoreError> {
    stored.try_into().map(Digest).map_err(|_| StoreError::corrupt(what, Impossible))
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Fin => "fin",
        Role::Desk => "desk",
        Role::Admin => "admin",
    }
}

fn role(what: &'static str, name: &str) -> Result<Role, StoreError> {
    [Role::Fin, Role::Desk, Role::Admin]
        .into_iter()
        .find(|role| role_name(*role) == name)
        .ok_or_else(|| StoreError::corrupt(what, Impossible))
}
