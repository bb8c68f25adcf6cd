//! End users for tests.

use deskport_domain::{Attributes, EndUser, Text, Timestamp};

use super::{moment, user_id};

/// Puts an end user together.
#[derive(Debug, Clone)]
pub struct UserBuilder(EndUser);

/// The user `user_jane`, of whom nothing is known yet.
pub fn a_user() -> UserBuilder {
    UserBuilder(EndUser::unknown(user_id("user_jane"), moment(0)))
}

impl UserBuilder {
    /// With this id.
    #[must_use]
    pub fn id(self, raw: &str) -> Self {
        Self(EndUser { id: user_id(raw), ..self.0 })
    }

    /// With this name.
    #[must_use]
    pub fn name(self, name: impl Into<Text>) -> Self {
        Self(EndUser { name: Some(name.into()), ..self.0 })
    }

    /// With this e-mail address.
    #[must_use]
    pub fn email(self, email: impl Into<Text>) -> Self {
        Self(EndUser { email: Some(email.into()), ..self.0 })
    }

    /// With a picture at this address.
    #[must_use]
    pub fn photo_url(self, url: impl Into<Text>) -> Self {
        Self(EndUser { photo_url: Some(url.into()), ..self.0 })
    }

    /// With these attributes.
    #[must_use]
    pub fn attributes(self, attributes: Attributes) -> Self {
        Self(EndUser { attributes, ..self.0 })
    }

    /// First heard of at this moment, and unchanged since.
    #[must_use]
    pub fn created_at(self, at: Timestamp) -> Self {
        Self(EndUser { created_at: at, updated_at: at, ..self.0 })
    }

    /// The user.
    pub fn build(self) -> EndUser {
        self.0
    }
}
