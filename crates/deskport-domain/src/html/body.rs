//! A message body: HTML that is clean by construction.

use std::fmt;

use super::{from_text, plain, preview, sanitize, verify};

/// HTML that holds nothing but the supported subset.
///
/// It is made by cleaning or by proof, so whoever holds one may show it.
///
/// ```
/// use deskport_domain::MessageBody;
///
/// let body = MessageBody::sanitize("<div onclick=evil()>Hello <strong>world</strong></div>");
/// assert_eq!(body.as_html(), "Hello <b>world</b>");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct MessageBody(Box<str>);

impl MessageBody {
    /// Cleans `html`; never fails.
    pub fn sanitize(html: &str) -> Self {
        Self(sanitize(html).into())
    }

    /// Takes plain text: blank lines part paragraphs, addresses become links.
    ///
    /// ```
    /// use deskport_domain::MessageBody;
    ///
    /// assert_eq!(MessageBody::from_text("1 < 2").as_html(), "<p>1 &lt; 2</p>");
    /// ```
    pub fn from_text(text: &str) -> Self {
        Self(from_text(text).into())
    }

    /// Takes Markdown; with the feature `markdown`. See [`from_markdown`](super::from_markdown()).
    ///
    /// ```
    /// use deskport_domain::MessageBody;
    ///
    /// let body = MessageBody::from_markdown("Try **this**: <script>alert(1)</script>");
    /// assert_eq!(body.as_html(), "<p>Try <b>this</b>:</p>");
    /// ```
    #[cfg(feature = "markdown")]
    pub fn from_markdown(markdown: &str) -> Self {
        Self(super::from_markdown(markdown).into())
    }

    /// Takes a body back from a store: as it is if it is clean, cleaned otherwise.
    ///
    /// ```
    /// use deskport_domain::MessageBody;
    ///
    /// assert_eq!(MessageBody::reread("<p>Hello</p>".into()).as_html(), "<p>Hello</p>");
    /// assert_eq!(MessageBody::reread("<p>Tampered<script>".into()).as_html(), "<p>Tampered</p>");
    /// ```
    pub fn reread(stored: String) -> Self {
        if verify(&stored) { Self(stored.into()) } else { Self::sanitize(&stored) }
    }

    /// The clean HTML.
    pub fn as_html(&self) -> &str {
        &self.0
    }

    /// Readable plain text: list markers, link targets, blank lines between paragraphs.
    ///
    /// ```
    /// use deskport_domain::MessageBody;
    ///
    /// let body = MessageBody::sanitize("<h1>Steps</h1><ol><li>Open</li><li>Close</li></ol>");
    /// assert_eq!(body.to_text(), "Steps\n\n1. Open\n2. Close");
    /// ```
    pub fn to_text(&self) -> String {
        plain::to_text(&self.0)
    }

    /// The start of the text on one line, at most `length` characters as people count them.
    ///
    /// ```
    /// use deskport_domain::MessageBody;
    ///
    /// let body = MessageBody::sanitize("<p>Hello there</p><p>How are you?</p>");
    /// assert_eq!(body.preview(15), "Hello there Ho…");
    /// ```
    pub fn preview(&self, length: usize) -> String {
        preview::preview(&self.0, length)
    }

    /// Whether nothing is there to show: no text other than white space, and no image.
    pub fn is_empty(&self) -> bool {
        plain::shows_nothing(&self.0)
    }
}

impl fmt::Debug for MessageBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MessageBody({} bytes)", self.0.len())
    }
}
