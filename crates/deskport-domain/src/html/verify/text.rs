//! Recognizes clean text and the two tags that have attributes.

use memchr::memchr;

use super::url::is_address;
use crate::html::byte_set::ByteSet;

/// The length of the clean text at the start of `rest`, up to a `<` or the end; none if it is not
/// clean, or if it may have tag characters and they are not accepted.
#[inline]
pub(super) fn text_length(rest: &[u8], tags: bool) -> Option<usize> {
    let plain = MARKED.length_before(rest);
    match rest.get(plain) {
        None | Some(b'<') => Some(plain),
        Some(_) => marked_text_length(rest, plain, tags),
    }
}

fn marked_text_length(rest: &[u8], plain: usize, tags: bool) -> Option<usize> {
    let length = plain + memchr(b'<', &rest[plain..]).unwrap_or(rest.len() - plain);
    is_marked(&rest[plain..length], &["&amp;", "&lt;", "&gt;", "&nbsp;"], tags).then_some(length)
}

/// Bytes that do not stand for themselves. `C2` starts a no-break space, `F3` a tag character.
static MARKED: ByteSet<7> = ByteSet::of(*b"<>&\r\0\xC2\xF3");

fn is_marked(mut text: &[u8], references: &[&str], tags: bool) -> bool {
    loop {
        text = &text[MARKED.length_before(text)..];
        text = match text {
            [] => return true,
            [b'&', ..] => {
                let Some(name) = references.iter().find(|name| text.starts_with(name.as_bytes())) else {
                    return false;
                };
                &text[name.len()..]
            }
            [0xC2, next, rest @ ..] if *next != 0xA0 => rest,
            [0xF3, rest @ ..] if tags => rest,
            _ => return false,
        };
    }
}

/// The length of the link's start tag that `rest` starts with.
pub(super) fn link(rest: &str) -> Option<usize> {
    let (url, after) = rest.strip_prefix("<a href=\"")?.split_once('"')?;
    let after = after.strip_prefix('>')?;
    is_address(url, &["http://", "https://"], &["mailto:", "tel:"]).then(|| rest.len() - after.len())
}

/// The length of the image's tag that `rest` starts with.
pub(super) fn image(rest: &str, tags: bool) -> Option<usize> {
    let (url, mut after) = rest.strip_prefix("<img src=\"")?.split_once('"')?;
    if let Some(value) = after.strip_prefix(" alt=\"") {
        let (text, behind) = value.split_once('"')?;
        if !is_marked(text.as_bytes(), &["&amp;", "&lt;", "&gt;", "&nbsp;", "&quot;"], tags) {
            return None;
        }
        after = behind;
    }
    let after = after.strip_prefix('>')?;
    is_address(url, &["http://", "https://"], &[]).then(|| rest.len() - after.len())
}
