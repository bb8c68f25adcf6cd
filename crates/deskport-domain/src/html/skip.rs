//! Finds the end of what is dropped whole: comments, scripts, style sheets, templates, SVG, math.

use memchr::{memchr, memchr2};

use super::name::{ENDS_TAG_NAME, is};
use super::policy::Becomes;
use super::steps::steps;
use super::tag::Tag;

/// Where the comment, declaration or wrong end tag at `at` (a `<`) ends.
pub(super) fn declaration(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    if !rest.starts_with(b"<!--") {
        return after(b'>', bytes, at);
    }
    let start = at + 4;
    if rest[4..].starts_with(b">") {
        return start + 1;
    }
    if rest[4..].starts_with(b"->") {
        return start + 2;
    }
    let mut from = start;
    while let Some(found) = memchr(b'>', &bytes[from..]) {
        steps(found + 1);
        let inside = &bytes[start..from + found];
        if inside.ends_with(b"--") || inside.ends_with(b"--!") {
            return from + found + 1;
        }
        from += found + 1;
    }
    bytes.len()
}

/// Where the text of a raw text element ends that starts at `from`: its end tag, or the end.
pub(super) fn raw_text(bytes: &[u8], mut from: usize, name: &[u8]) -> usize {
    while let Some(found) = memchr(b'<', &bytes[from..]) {
        steps(found + 1);
        let at = from + found;
        if is_tag(&bytes[at..], b"</", name) {
            return at;
        }
        from = at + 1;
    }
    bytes.len()
}

/// Where the script ends that starts at `from`. Inside `<!--`, a `<script` hides the next `</script`.
pub(super) fn script(bytes: &[u8], mut from: usize) -> usize {
    let (mut escaped, mut nested) = (false, false);
    while let Some(found) = memchr2(b'<', b'>', &bytes[from..]) {
        steps(found + 1);
        let at = from + found;
        let rest = &bytes[at..];
        if bytes[at] == b'>' {
            if escaped && bytes[..at].ends_with(b"--") {
                (escaped, nested) = (false, false);
            }
        } else if !escaped && rest.starts_with(b"<!--") {
            // `<!-->` and `<!--->` end at once.
            escaped = !(rest[4..].starts_with(b">") || rest[4..].starts_with(b"->"));
            from = at + 4;
            continue;
        } else if is_tag(rest, b"</", b"script") {
            if !nested {
                return at;
            }
            nested = false;
        } else if escaped && is_tag(rest, b"<", b"script") {
            nested = true;
        }
        from = at + 1;
    }
    bytes.len()
}

/// Where the content of a dropped element ends: behind its end tag.
pub(super) fn dropped_text(bytes: &[u8], from: usize, name: &[u8]) -> usize {
    let end =
        if name.eq_ignore_ascii_case(b"script") { script(bytes, from) } else { raw_text(bytes, from, name) };
    tag_end(bytes, end)
}

/// Where the tag at `at` (a `<`) ends.
pub(super) fn tag_end(bytes: &[u8], at: usize) -> usize {
    let name = at + 1 + usize::from(bytes.get(at + 1) == Some(&b'/'));
    Tag::read(bytes, name).map_or(bytes.len(), |tag| tag.end)
}

/// Where a dropped element ends whose content is markup.
pub(super) fn tree(bytes: &[u8], mut from: usize, name: &[u8]) -> usize {
    let mut depth = 1_usize;
    while let Some(found) = memchr(b'<', &bytes[from..]) {
        steps(found + 1);
        let at = from + found;
        match markup(bytes, at) {
            Markup::Text => from = at + 1,
            Markup::Declaration => from = declaration(bytes, at),
            Markup::End(tag) => {
                from = tag.end;
                if bytes[tag.name.0..tag.name.1].eq_ignore_ascii_case(name) {
                    depth -= 1;
                    if depth == 0 {
                        return from;
                    }
                }
            }
            Markup::Start(tag) => {
                let inner = &bytes[tag.name.0..tag.name.1];
                depth += usize::from(inner.eq_ignore_ascii_case(name));
                from = past_content(bytes, &tag);
            }
            Markup::Unfinished => return bytes.len(),
        }
    }
    bytes.len()
}

/// Behind a start tag, and behind its content if that is not markup or always dropped.
pub(super) fn past_content(bytes: &[u8], tag: &Tag) -> usize {
    use Becomes::{DroppedForeign, DroppedText, FieldText, LiteralRest, LiteralText};
    let name = &bytes[tag.name.0..tag.name.1];
    match tag.element.becomes {
        DroppedText | FieldText | LiteralText => dropped_text(bytes, tag.end, name),
        DroppedForeign => super::foreign::foreign(bytes, tag),
        LiteralRest => bytes.len(),
        _ => tag.end,
    }
}

/// What a `<` starts.
pub(super) enum Markup {
    Start(Tag),
    End(Tag),
    Declaration,
    Text,
    /// A tag that the end of the input cuts off.
    Unfinished,
}

/// What the `<` at `at` starts.
pub(super) fn markup(bytes: &[u8], at: usize) -> Markup {
    match bytes.get(at + 1) {
        Some(letter) if letter.is_ascii_alphabetic() => {
            Tag::read(bytes, at + 1).map_or(Markup::Unfinished, Markup::Start)
        }
        Some(b'/') => match bytes.get(at + 2) {
            Some(letter) if letter.is_ascii_alphabetic() => {
                Tag::read(bytes, at + 2).map_or(Markup::Unfinished, Markup::End)
            }
            Some(_) => Markup::Declaration,
            None => Markup::Text,
        },
        Some(b'!' | b'?') => Markup::Declaration,
        _ => Markup::Text,
    }
}

fn after(byte: u8, bytes: &[u8], at: usize) -> usize {
    let end = memchr(byte, &bytes[at..]).map_or(bytes.len(), |found| at + found + 1);
    steps(end - at);
    end
}

/// Whether a tag of this name is here, in any case; its name must be complete.
fn is_tag(rest: &[u8], prefix: &[u8], name: &[u8]) -> bool {
    let length = prefix.len() + name.len();
    rest.len() > length
        && rest.starts_with(prefix)
        && rest[prefix.len()..length].eq_ignore_ascii_case(name)
        && is(rest[length], ENDS_TAG_NAME)
}
