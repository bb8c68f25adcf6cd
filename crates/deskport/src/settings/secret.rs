//! Settings that nobody may read over somebody's shoulder.

use std::fmt;

/// A secret out of the settings. It shows itself only to who asks for it by name.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SecretSetting(String);

impl SecretSetting {
    pub(crate) fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret itself.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretSetting(…)")
    }
}
