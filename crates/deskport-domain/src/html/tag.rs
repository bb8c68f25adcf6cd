//! Reads one tag as the HTML standard says: its name, and the attributes that the rules ask for.
#![expect(
    clippy::inline_always,
    reason = "called for every tag; the compiler would rather call than repeat it"
)]

use super::byte_set::position;
use super::element::Element;
use super::name::{self, CLOSE, ENDS_ATTRIBUTE_NAME, SLASH, SPACE, is, key};
use super::steps::steps;

/// A part of the input: from, to.
pub(super) type Span = (usize, usize);

/// A tag of the input, with the attributes that any element may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: Span,
    pub(super) element: Element,
    /// Where the tag ends: behind its `>`.
    pub(super) end: usize,
    pub(super) self_closing: bool,
    pub(super) hidden: bool,
    pub(super) size: bool,
    pub(super) style: Option<Span>,
    pub(super) href: Option<Span>,
}

impl Tag {
    /// Reads the tag whose name starts at `start`; none if the input ends inside it.
    pub(super) fn read(bytes: &[u8], start: usize) -> Option<Self> {
        let (element, end, is_bare) = Self::read_name(bytes, start)?;
        let mut tag = Self::bare(element, (start, end));
        if !is_bare {
            tag.attributes(bytes)?;
        }
        Some(tag)
    }

    /// A tag without attributes, whose name is in `name`.
    pub(super) fn bare(element: Element, name: Span) -> Self {
        Self { name, element, end: name.1 + 1, ..Self::default() }
    }

    /// Reads the name of a tag: its element, where the name ends, and whether the tag ends right there.
    #[inline(always)]
    pub(super) fn read_name(bytes: &[u8], start: usize) -> Option<(Element, usize, bool)> {
        let (key, end, is_bare) = name::read_tag(bytes, start)?;
        steps(end - start);
        Some((Element::named(key, bytes, (start, end)), end, is_bare))
    }

    /// Where the tag ends whose name ends at `at`.
    pub(super) fn end_of(bytes: &[u8], at: usize) -> Option<usize> {
        let end = each_attribute(bytes, at, |_, _| {})?;
        steps(end - at);
        Some(end)
    }

    /// Reads the attributes, which start behind the name. In place: a tag is large enough that moving it
    /// costs as much as reading it.
    #[inline(never)]
    pub(super) fn attributes(&mut self, bytes: &[u8]) -> Option<()> {
        let at = self.name.1;
        self.end = each_attribute(bytes, at, |name, value| match name {
            STYLE => note(&mut self.style, value),
            HREF => note(&mut self.href, value),
            HIDDEN => self.hidden = true,
            SIZE => self.size = true,
            _ => {}
        })?;
        self.self_closing = bytes[self.end - 2] == b'/';
        steps(self.end - at);
        Some(())
    }

    /// Reads the attributes again, for those that images have.
    pub(super) fn image(&self, bytes: &[u8]) -> Image {
        let mut image = Image::default();
        each_attribute(bytes, self.name.1, |name, value| match name {
            SRC => note(&mut image.src, value),
            ALT => note(&mut image.alt, value),
            WIDTH => note(&mut image.width, value),
            HEIGHT => note(&mut image.height, value),
            _ => {}
        });
        steps(self.end - self.name.1);
        image
    }
}

/// What the tag of an image says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Image {
    pub(super) src: Option<Span>,
    pub(super) alt: Option<Span>,
    pub(super) width: Option<Span>,
    pub(super) height: Option<Span>,
}

/// The first attribute of a name counts.
#[inline]
fn note(slot: &mut Option<Span>, value: Span) {
    if slot.is_none() {
        *slot = Some(value);
    }
}

const STYLE: u64 = key("style");
const HREF: u64 = key("href");
const SRC: u64 = key("src");
const ALT: u64 = key("alt");
const WIDTH: u64 = key("width");
const HEIGHT: u64 = key("height");
const SIZE: u64 = key("size");
const HIDDEN: u64 = key("hidden");

/// Reads the attributes from `at` on, and says where the tag ends; none if the input ends before it does.
#[inline]
fn each_attribute(bytes: &[u8], mut at: usize, mut see: impl FnMut(u64, Span)) -> Option<usize> {
    loop {
        while is(*bytes.get(at)?, SPACE | SLASH) {
            at += 1;
        }
        if bytes[at] == b'>' {
            return Some(at + 1);
        }
        let name;
        (name, at) = name::read(bytes, at, ENDS_ATTRIBUTE_NAME)?;
        if bytes[at] != b'=' {
            while is(*bytes.get(at)?, SPACE) {
                at += 1;
            }
        }
        let mut value = (at, at);
        if bytes[at] == b'=' {
            (value, at) = attribute_value(bytes, at + 1)?;
        }
        see(name, value);
    }
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
        let end = start + position(first, bytes.get(start..)?)?;
        return Some(((start, end), end + 1));
    }
    let start = at;
    while !is(*bytes.get(at)?, SPACE | CLOSE) {
        at += 1;
    }
    Some(((start, at), at))
}
