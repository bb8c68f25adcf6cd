//! Recognizes clean text and the two tags that have attributes.

use super::url::is_address;

/// Whether this text has nothing in it that could be read as anything else.
#[inline]
pub(super) fn is_text(text: &[u8]) -> bool {
    if text.iter().all(|byte| PLAIN[*byte as usize]) {
        return true;
    }
    is_marked(text, &["&amp;", "&lt;", "&gt;", "&nbsp;"])
}

/// Bytes that stand for themselves. Of a no-break space, `C2` is the first byte.
static PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let marked = b"<>&\r\0\xC2";
    let mut index = 0;
    while index < marked.len() {
        plain[marked[index] as usize] = false;
        index += 1;
    }
    plain
};

fn is_marked(mut text: &[u8], references: &[&str]) -> bool {
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
pub(super) fn image(rest: &str) -> Option<usize> {
    let (url, mut after) = rest.strip_prefix("<img src=\"")?.split_once('"')?;
    if let Some(value) = after.strip_prefix(" alt=\"") {
        let (text, behind) = value.split_once('"')?;
        if !is_marked(text.as_bytes(), &["&amp;", "&lt;", "&gt;", "&nbsp;", "&quot;"]) {
            return None;
        }
        after = behind;
    }
    let after = after.strip_prefix('>')?;
    is_address(url, &["http://", "https://"], &[]).then(|| rest.len() - after.len())
}
