//! Free text that every store can hold.

use std::{borrow::Borrow, fmt, ops::Deref};

/// Text without NUL, which not every database can store.
///
/// ```
/// use deskport_domain::Text;
/// assert_eq!(&*Text::from("Jane\0Doe"), "Jane\u{fffd}Doe");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Text(Box<str>);

impl Text {
    /// The text as a string slice.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Replaces each NUL by U+FFFD, as the HTML standard does.
impl From<&str> for Text {
    fn from(raw: &str) -> Self {
        if raw.contains('\0') { Self(raw.replace('\0', "\u{fffd}").into()) } else { Self(raw.into()) }
    }
}

/// Replaces each NUL by U+FFFD, as the HTML standard does.
impl From<String> for Text {
    fn from(raw: String) -> Self {
        if raw.contains('\0') { Self::from(raw.as_str()) } else { Self(raw.into()) }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
