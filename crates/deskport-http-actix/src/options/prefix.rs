//! The path below which a face lives.

use std::fmt;

/// A path such as `/api/fin`, or nothing for the root.
///
/// ```
/// use deskport_http_actix::Prefix;
///
/// assert_eq!(Prefix::parse("/api/fin/")?.as_str(), "/api/fin");
/// assert_eq!(Prefix::parse("/")?.as_str(), "");
/// assert!(Prefix::parse("/{id}").is_err());
/// # Ok::<(), deskport_http_actix::InvalidPrefix>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix(Box<str>);

/// The text is no prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a prefix is a path such as /api/fin, of letters, digits, `-`, `.`, `_` and `~`")]
pub struct InvalidPrefix;

impl Prefix {
    /// Takes a prefix as somebody wrote it; slashes around it are harmless.
    ///
    /// # Errors
    /// [`InvalidPrefix`] when a segment is empty or holds another character.
    pub fn parse(raw: &str) -> Result<Self, InvalidPrefix> {
        let path = raw.trim_matches('/');
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let segment = |segment: &str| !segment.is_empty() && segment.bytes().all(plain);
        match path {
            "" => Ok(Self("".into())),
            path if path.split('/').all(segment) => Ok(Self(format!("/{path}").into())),
            _ => Err(InvalidPrefix),
        }
    }

    /// `/api/desk/v1`, where the desk face begins unless somebody says otherwise.
    pub fn desk() -> Self {
        Self("/api/desk/v1".into())
    }

    /// The path, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `/api/fin`, as in the published examples.
impl Default for Prefix {
    fn default() -> Self {
        Self("/api/fin".into())
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
