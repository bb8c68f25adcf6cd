//! Reads one tag as the HTML standard says: its name, and the attributes that the rules ask for.

use memchr::memchr;

use super::steps::steps;

/// A part of the input: from, to.
pub(super) type Span = (usize, usize);

/// A tag of the input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: Span,
    /// Where the tag ends: behind its `>`.
    pub(super) end: usize,
    pub(super) self_closing: bool,
    pub(super) hidden: bool,
    pub(super) size: bool,
    pub(super) style: Option<Span>,
    pub(super) href: Option<Span>,
    pub(super) src: Option<Span>,
    pub(super) alt: Option<Span>,
    pub(super) width: Option<Span>,
    pub(super) height: Option<Span>,
}

impl Tag {
    /// Reads the tag whose name starts at `start`; none if the input ends inside it.
    #[inline]
    pub(super) fn read(bytes: &[u8], start: usize) -> Option<Self> {
        let end = name_end(bytes, start)?;
        let mut tag = Self { name: (start, end), end: end + 1, ..Self::default() };
        if bytes[end] != b'>' {
            tag.attributes(bytes, end)?;
        }
        steps(tag.end - start);
        Some(tag)
    }

    /// Reads the end tag whose name starts at `start`: its name, and where it ends.
    #[inline]
    pub(super) fn read_end(bytes: &[u8], start: usize) -> Option<(&[u8], usize)> {
        let end = name_end(bytes, start)?;
        let name = &bytes[start..end];
        steps(name.len());
        if bytes[end] == b'>' {
            return Some((name, end + 1));
        }
        Self::read(bytes, start).map(|tag| (name, tag.end))
    }

    fn attributes(&mut self, bytes: &[u8], mut at: usize) -> Option<()> {
        loop {
            while is(*bytes.get(at)?, SPACE | SLASH) {
                at += 1;
            }
            if bytes[at] == b'>' {
                self.self_closing = bytes[at - 1] == b'/';
                self.end = at + 1;
                return Some(());
            }
            let start = at;
            let rest = bytes.get(start + 1..)?;
            at += 1 + rest.iter().position(|byte| is(*byte, SPACE | SLASH | CLOSE | EQUALS))?;
            let name = &bytes[start..at];
            while is(*bytes.get(at)?, SPACE) {
                at += 1;
            }
            let mut value = (at, at);
            if bytes[at] == b'=' {
                (value, at) = attribute_value(bytes, at + 1)?;
            }
            if matches!(name.len(), 3..=6) {
                self.note(name, value);
            }
        }
    }

    /// The first attribute of a name counts.
    #[inline]
    fn note(&mut self, name: &[u8], value: Span) {
        let slot = match (name.len(), name[0] | 0x20) {
            (3, b's') if name.eq_ignore_ascii_case(b"src") => &mut self.src,
            (3, b'a') if name.eq_ignore_ascii_case(b"alt") => &mut self.alt,
            (4, b'h') if name.eq_ignore_ascii_case(b"href") => &mut self.href,
            (5, b's') if name.eq_ignore_ascii_case(b"style") => &mut self.style,
            (5, b'w') if name.eq_ignore_ascii_case(b"width") => &mut self.width,
            (6, b'h') if name.eq_ignore_ascii_case(b"height") => &mut self.height,
            (4, b's') if name.eq_ignore_ascii_case(b"size") => return self.size = true,
            (6, b'h') if name.eq_ignore_ascii_case(b"hidden") => return self.hidden = true,
            _ => return,
        };
        if slot.is_none() {
            *slot = Some(value);
        }
    }
}

/// Where the name ends that starts here; none if the input ends before it does.
#[inline]
fn name_end(bytes: &[u8], start: usize) -> Option<usize> {
    Some(start + bytes.get(start..)?.iter().position(|byte| ends_name(*byte))?)
}

/// The value that starts at or after `at`, and where to read on.
#[inline]
fn attribute_value(bytes: &[u8], mut at: usize) -> Option<(Span, usize)> {
    while is(*bytes.get(at)?, SPACE) {
        at += 1;
    }
    let first = bytes[at];
    if first == b'"' || first == b'\'' {
        let start = at + 1;
        let end = start + memchr(first, &bytes[start..])?;
        return Some(((start, end), end + 1));
    }
    let start = at;
    while !is(*bytes.get(at)?, SPACE | CLOSE) {
        at += 1;
    }
    Some(((start, at), at))
}

const SPACE: u8 = 1;
const SLASH: u8 = 2;
const CLOSE: u8 = 4;
const EQUALS: u8 = 8;

/// The classes of each byte inside of tags.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    classes[b' ' as usize] = SPACE;
    classes[b'\n' as usize] = SPACE;
    classes[b'\t' as usize] = SPACE;
    classes[b'\r' as usize] = SPACE;
    classes[b'\x0C' as usize] = SPACE;
    classes[b'/' as usize] = SLASH;
    classes[b'>' as usize] = CLOSE;
    classes[b'=' as usize] = EQUALS;
    classes
};

#[inline]
fn is(byte: u8, classes: u8) -> bool {
    CLASSES[byte as usize] & classes != 0
}

/// Whether a tag's name ends before this byte.
#[inline]
pub(super) fn ends_name(byte: u8) -> bool {
    is(byte, SPACE | SLASH | CLOSE)
}
