//! Settings that nobody may read over somebody's shoulder.

use std::fmt;

/// A secret out of the settings. It shows itself only to who asks for it by name.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SecretSetting(String);

/// Secrets of which any one will do, separated by commas.
#[derive(Debug)]
pub(crate) struct SecretList(pub(crate) Vec<SecretSetting>);

impl SecretSetting {
    pub(crate) fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret itself.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

/// So that a secret can be an argument of the command line.
impl From<String> for SecretSetting {
    fn from(secret: String) -> Self {
        Self(secret)
    }
}

impl SecretList {
    pub(super) fn read(list: &str) -> Self {
        Self(list.split(',').map(str::trim).filter(|key| !key.is_empty()).map(SecretSetting::new).collect())
    }
}

/// How many there are, and nothing else.
impl fmt::Display for SecretList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            0 => Ok(()),
            1 => f.write_str("(hidden)"),
            keys => write!(f, "({keys} keys, hidden)"),
        }
    }
}

impl fmt::Debug for SecretSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretSetting(…)")
    }
}

/// A URL without the parts of it that may be a secret.
pub(super) fn without_secrets(url: &str) -> String {
    let (address, hidden) = match url.find(['?', '#']) {
        Some(end) => (&url[..end], "?…"),
        None => (url, ""),
    };
    let shown = match (address.split_once("://"), address.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, place))) => format!("{scheme}://…@{place}"),
        _ => address.to_owned(),
    };
    shown + hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_shown_without_user_password_and_query() {
        let shown = without_secrets("https://jane:MARKER@desk.example.com/hooks?MARKER#MARKER");
        assert_eq!(shown, "https://…@desk.example.com/hooks?…");
        assert_eq!(without_secrets("https://desk.example.com/hooks"), "https://desk.example.com/hooks");
    }
}
