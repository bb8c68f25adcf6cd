//! Recognizes clean text and the two tags that have attributes.

use memchr::{memchr, memchr3};

use super::url::is_address;

/// The length of the clean text at the start of `rest`, up to a `<` or the end; none if it is not
/// clean, or if it may have tag characters and they are not accepted.
#[inline]
pub(super) fn text_length(rest: &[u8], tags: bool) -> Option<usize> {
    let plain = rest.iter().take(NEAR).take_while(|byte| PLAIN[**byte as usize]).count();
    match rest.get(plain) {
        None | Some(b'<') => Some(plain),
        Some(_) if plain == NEAR => long_text_length(rest, tags),
        Some(_) => marked_text_length(rest, tags),
    }
}

/// So many bytes are looked at one by one before vectors are worth it.
const NEAR: usize = 24;

/// Long text is searched in parts that stay near the processor from one search to the next.
fn long_text_length(rest: &[u8], tags: bool) -> Option<usize> {
    const PART: usize = 8192;
    let mut length = 0;
    for part in rest.chunks(PART) {
        let end = memchr(b'<', part).unwrap_or(part.len());
        let text = &part[..end];
        if memchr3(b'>', b'&', b'\r', text).is_some() || memchr3(0, 0xC2, 0xF3, text).is_some() {
            return marked_text_length(rest, tags);
        }
        length += end;
        if end < part.len() {
            break;
        }
    }
    Some(length)
}

fn marked_text_length(rest: &[u8], tags: bool) -> Option<usize> {
    let length = memchr(b'<', rest).unwrap_or(rest.len());
    is_marked(&rest[..length], &["&amp;", "&lt;", "&gt;", "&nbsp;"], tags).then_some(length)
}

/// Bytes that stand for themselves. `C2` starts a no-break space, `F3` a tag character.
static PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let marked = b"<>&\r\0\xC2\xF3";
    let mut index = 0;
    while index < marked.len() {
        plain[marked[index] as usize] = false;
        index += 1;
    }
    plain
};

fn is_marked(mut text: &[u8], references: &[&str], tags: bool) -> bool {
    loop {
        let plain = text.iter().take_while(|byte| PLAIN[**byte as usize]).count();
        text = &text[plain..];
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
