//! Tokens and clients for tests. Their digests follow from their ids.

use deskport_domain::{Text, Timestamp};
use deskport_ports::{Client, Digest, Role, Token};

use super::moment;

/// Puts a token together.
#[derive(Debug, Clone)]
pub struct TokenBuilder(Token);

/// Puts a client together.
#[derive(Debug, Clone)]
pub struct ClientBuilder(Client);

/// The token `token_desk` of the desk, which somebody made by hand and which never expires.
pub fn a_token() -> TokenBuilder {
    TokenBuilder(Token {
        id: "token_desk".into(),
        role: Role::Desk,
        digest: digest_of("token_desk"),
        label: "made by a test".into(),
        client_id: None,
        created_at: moment(0),
        expires_at: None,
        revoked_at: None,
    })
}

/// The client `client_fin` with Fin's role.
pub fn a_client() -> ClientBuilder {
    ClientBuilder(Client {
        id: "client_fin".into(),
        role: Role::Fin,
        digest: digest_of("client_fin"),
        label: "made by a test".into(),
        created_at: moment(0),
        revoked_at: None,
    })
}

impl TokenBuilder {
    /// With this id, and the digest that belongs to it.
    #[must_use]
    pub fn id(self, id: &str) -> Self {
        Self(Token { id: id.into(), digest: digest_of(id), ..self.0 })
    }

    /// With this digest.
    #[must_use]
    pub fn digest(self, digest: Digest) -> Self {
        Self(Token { digest, ..self.0 })
    }

    /// With this role.
    #[must_use]
    pub fn role(self, role: Role) -> Self {
        Self(Token { role, ..self.0 })
    }

    /// For this purpose.
    #[must_use]
    pub fn label(self, label: impl Into<Text>) -> Self {
        Self(Token { label: label.into(), ..self.0 })
    }

    /// Fetched by this client.
    #[must_use]
    pub fn fetched_by(self, client: &Client) -> Self {
        Self(Token { client_id: Some(client.id.clone()), role: client.role, ..self.0 })
    }

    /// Made at this moment.
    #[must_use]
    pub fn created_at(self, at: Timestamp) -> Self {
        Self(Token { created_at: at, ..self.0 })
    }

    /// Which stops working at this moment.
    #[must_use]
    pub fn expires_at(self, at: Timestamp) -> Self {
        Self(Token { expires_at: Some(at), ..self.0 })
    }

    /// Revoked at this moment.
    #[must_use]
    pub fn revoked_at(self, at: Timestamp) -> Self {
        Self(Token { revoked_at: Some(at), ..self.0 })
    }

    /// The token.
    pub fn build(self) -> Token {
        self.0
    }
}

impl ClientBuilder {
    /// With this id, and the digest that belongs to it.
    #[must_use]
    pub fn id(self, id: &str) -> Self {
        Self(Client { id: id.into(), digest: digest_of(id), ..self.0 })
    }

    /// With this digest.
    #[must_use]
    pub fn digest(self, digest: Digest) -> Self {
        Self(Client { digest, ..self.0 })
    }

    /// With this role.
    #[must_use]
    pub fn role(self, role: Role) -> Self {
        Self(Client { role, ..self.0 })
    }

    /// For this purpose.
    #[must_use]
    pub fn label(self, label: impl Into<Text>) -> Self {
        Self(Client { label: label.into(), ..self.0 })
    }

    /// Made at this moment.
    #[must_use]
    pub fn created_at(self, at: Timestamp) -> Self {
        Self(Client { created_at: at, ..self.0 })
    }

    /// Revoked at this moment.
    #[must_use]
    pub fn revoked_at(self, at: Timestamp) -> Self {
        Self(Client { revoked_at: Some(at), ..self.0 })
    }

    /// The client.
    pub fn build(self) -> Client {
        self.0
    }
}

/// 32 bytes that hold the id's first ones and a mark of all; no hash, since tests keep no secrets.
fn digest_of(id: &str) -> Digest {
    let mut bytes = [0; 32];
    for (place, byte) in id.bytes().enumerate() {
        let slot: &mut u8 = &mut bytes[place % 32];
        *slot = slot.wrapping_mul(31).wrapping_add(byte);
    }
    Digest(bytes)
}
