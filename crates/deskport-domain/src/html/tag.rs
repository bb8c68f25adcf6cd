//! Reads one tag as the HTML standard says: its name, and the attributes that the rules ask for.

use memchr::memchr;

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
    pub(super) style: Option<Span>,
    pub(super) href: Option<Span>,
    pub(super) src: Option<Span>,
    pub(super) alt: Option<Span>,
    pub(super) width: Option<Span>,
    pub(super) height: Option<Span>,
    pub(super) size: bool,
}

impl Tag {
    /// Reads the tag whose name starts at `start`; none if the input ends inside it.
    #[inline]
    pub(super) fn read(bytes: &[u8], start: usize) -> Option<Self> {
        let mut end = start;
        while !ends_name(*bytes.get(end)?) {
            end += 1;
        }
        let mut tag = Self { name: (start, end), end: end + 1, ..Self::default() };
        if bytes[end] != b'>' {
            tag.attributes(bytes, end)?;
        }
        Some(tag)
    }

    fn attributes(&mut self, bytes: &[u8], mut at: usize) -> Option<()> {
        loop {
            while is_space(*bytes.get(at)?) || bytes[at] == b'/' {
                at += 1;
            }
            if bytes[at] == b'>' {
                self.self_closing = bytes[at - 1] == b'/';
                self.end = at + 1;
                return Some(());
            }
            let start = at;
            at += 1;
            while !ends_attribute_name(*bytes.get(at)?) {
                at += 1;
            }
            let name = &bytes[start..at];
            while is_space(*bytes.get(at)?) {
                at += 1;
            }
            let mut value = (at, at);
            if bytes[at] == b'=' {
                (value, at) = attribute_value(bytes, at + 1)?;
            }
            self.note(name, value);
        }
    }

    /// The first attribute of a name counts.
    #[inline]
    fn note(&mut self, name: &[u8], value: Span) {
        let slot = match name.len() {
            3 if name.eq_ignore_ascii_case(b"src") => &mut self.src,
            3 if name.eq_ignore_ascii_case(b"alt") => &mut self.alt,
            4 if name.eq_ignore_ascii_case(b"href") => &mut self.href,
            5 if name.eq_ignore_ascii_case(b"style") => &mut self.style,
            5 if name.eq_ignore_ascii_case(b"width") => &mut self.width,
            6 if name.eq_ignore_ascii_case(b"height") => &mut self.height,
            4 if name.eq_ignore_ascii_case(b"size") => return self.size = true,
            6 if name.eq_ignore_ascii_case(b"hidden") => return self.hidden = true,
            _ => return,
        };
        if slot.is_none() {
            *slot = Some(value);
        }
    }
}

/// The value that starts at or after `at`, and where to read on.
#[inline]
fn attribute_value(bytes: &[u8], mut at: usize) -> Option<(Span, usize)> {
    while is_space(*bytes.get(at)?) {
        at += 1;
    }
    let first = bytes[at];
    if first == b'"' || first == b'\'' {
        let start = at + 1;
        let end = start + memchr(first, &bytes[start..])?;
        return Some(((start, end), end + 1));
    }
    let start = at;
    while !is_space(*bytes.get(at)?) && bytes[at] != b'>' {
        at += 1;
    }
    Some(((start, at), at))
}

/// White space inside tags.
#[inline]
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0C')
}

#[inline]
pub(super) fn ends_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>')
}

#[inline]
fn ends_attribute_name(byte: u8) -> bool {
    ends_name(byte) || byte == b'='
}
