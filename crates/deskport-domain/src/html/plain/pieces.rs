//! Clean HTML as a row of texts and tags.

use std::borrow::Cow;

/// A text or a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::html) enum Piece<'a> {
    Text(Cow<'a, str>),
    Open(&'a str, Attributes<'a>),
    Close(&'a str),
}

/// The attributes of a tag, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::html) struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// The link's target.
    pub(in crate::html) fn target(&self) -> Option<Cow<'a, str>> {
        self.value("href=\"")
    }

    /// The image's alternative text.
    pub(in crate::html) fn alternative(&self) -> Option<Cow<'a, str>> {
        self.value("\" alt=\"")
    }

    /// The image's address.
    pub(in crate::html) fn source(&self) -> Option<Cow<'a, str>> {
        self.value("src=\"")
    }

    fn value(&self, name: &str) -> Option<Cow<'a, str>> {
        let (_, rest) = self.0.split_once(name)?;
        rest.split_once('"').map(|(value, _)| unescape(value))
    }
}

/// The texts and tags of clean HTML.
pub(in crate::html) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(tag) = rest.strip_prefix('<') else {
            let (text, behind) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            rest = behind;
            return Some(Piece::Text(unescape(text)));
        };
        let (tag, behind) = tag.split_once('>')?;
        rest = behind;
        if let Some(name) = tag.strip_prefix('/') {
            return Some(Piece::Close(name));
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        Some(Piece::Open(name, Attributes(attributes)))
    })
}

fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let plain = text.replace("&nbsp;", "\u{A0}").replace("&lt;", "<").replace("&gt;", ">");
    Cow::Owned(plain.replace("&quot;", "\"").replace("&amp;", "&"))
}
