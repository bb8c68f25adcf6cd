//! Files that belong to a message, held elsewhere and named by their address.

use std::fmt;

use crate::Text;

/// A file that belongs to a message (spec section 5.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Where the file is.
    pub url: AttachmentUrl,
    /// The type or extension, such as `pdf`.
    pub filetype: Option<Text>,
    /// The name to show.
    pub filename: Option<Text>,
}

/// An absolute https address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentUrl(Box<str>);

/// The text is no absolute https address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an absolute https address without spaces or control characters")]
pub struct NotHttps;

impl AttachmentUrl {
    /// Takes an address as somebody wrote it; it is kept to the letter.
    ///
    /// ```
    /// use deskport_domain::{AttachmentUrl, NotHttps};
    /// assert!(AttachmentUrl::parse("https://example.com/files/pricing-guide.pdf").is_ok());
    /// assert_eq!(AttachmentUrl::parse("http://example.com/a.pdf"), Err(NotHttps));
    /// assert_eq!(AttachmentUrl::parse("https:///a.pdf"), Err(NotHttps));
    /// ```
    ///
    /// # Errors
    /// [`NotHttps`] when the scheme is another, there is no host, or there are characters that no
    /// address holds.
    pub fn parse(raw: &str) -> Result<Self, NotHttps> {
        const SCHEME: &str = "https://";
        let scheme = raw.get(..SCHEME.len()).ok_or(NotHttps)?;
        let host = raw[SCHEME.len()..].split(['/', '?', '#']).next().unwrap_or_default();
        let hostless = host.rsplit('@').next().is_none_or(|host| host.is_empty() || host.starts_with(':'));
        if !scheme.eq_ignore_ascii_case(SCHEME)
            || hostless
            || !raw.bytes().all(is_plain) && raw.contains(unwritable)
        {
            return Err(NotHttps);
        }
        Ok(Self(raw.into()))
    }

    /// The address as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether no address holds this character.
fn unwritable(c: char) -> bool {
    c.is_control() || c.is_whitespace() || matches!(c, '\\' | '"' | '<' | '>')
}

/// Whether this is ASCII that an address may hold: most addresses are nothing else, and to look at their
/// bytes is quicker than at their characters.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'"' | b'<' | b'>')
}

impl fmt::Display for AttachmentUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_absolute_https_addresses_are_taken() {
        for good in ["https://a", "HTTPS://a.b/c?d#e", "https://u:p@a/b", "https://[::1]:8443/ä"] {
            assert_eq!(AttachmentUrl::parse(good).map(|url| url.to_string()), Ok(good.to_owned()));
        }
        for bad in [
            "",
            "https://",
            "https:a",
            "//a/b",
            "/a",
            "ftp://a",
            "javascript:alert(1)",
            "https://?a",
            "https://u@/b",
            "https://:1/",
            "https://a b",
            "https://a\n",
            "https://a\\b",
            "https:/ä/a",
        ] {
            assert_eq!(AttachmentUrl::parse(bad), Err(NotHttps), "{bad:?}");
        }
    }
}
