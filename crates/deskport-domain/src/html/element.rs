//! Finds the row of the policy table for a tag name, by ASCII case only.
#![expect(
    clippy::inline_always,
    reason = "called for every tag; the compiler would rather call than repeat it"
)]

use super::name::{LONGEST, NO_KEY, key};
use super::policy::{Becomes, ELEMENTS};
use super::tag::Span;

/// An element as the reader sees it: what becomes of it, and a number to match end tags by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(4))]
pub(super) struct Element {
    pub(super) id: u8,
    pub(super) becomes: Becomes,
}

/// Elements with this bit close and hold others; those without it are part of a line of text.
const SPECIAL: u8 = 0x80;

/// The elements whose numbers others need to know.
pub(super) const UNKNOWN: u8 = 0;
pub(super) const CELL: u8 = SPECIAL;
pub(super) const TABLE: u8 = SPECIAL | 1;
pub(super) const ITEM: u8 = SPECIAL | 2;
pub(super) const HEADING: u8 = SPECIAL | 3;
pub(super) const PARAGRAPH: u8 = SPECIAL | 4;
pub(super) const LINK: u8 = 1;
/// Numbers from here on follow the table's order.
const FIRST: u8 = 5;

impl Default for Element {
    fn default() -> Self {
        Self::OTHER
    }
}

impl Element {
    /// What an element without a row is.
    const OTHER: Self = Self { id: UNKNOWN, becomes: Becomes::Unwrapped };

    /// The element whose name is here in `bytes` and has this key.
    #[inline(always)]
    pub(super) fn named(key: u64, bytes: &[u8], (from, to): Span) -> Self {
        let (known, element) = SLOTS[hash(key, FACTOR)];
        if known == key {
            return element;
        }
        if key == NO_KEY { Self::with_long_name(&bytes[from..to]) } else { Self::OTHER }
    }

    #[cold]
    fn with_long_name(name: &[u8]) -> Self {
        let row = LONG.iter().find(|(known, _)| known.as_bytes().eq_ignore_ascii_case(name));
        row.map_or(Self::OTHER, |row| row.1)
    }

    /// Whether it stands for a block, a table part or the like, not for a part of a line of text.
    pub(super) fn is_special(self) -> bool {
        is_special(self.id)
    }

    /// Whether it never has content, so that no end tag belongs to it.
    pub(super) fn is_void(self) -> bool {
        matches!(self.becomes, Becomes::Break | Becomes::Image | Becomes::Nothing | Becomes::Rule)
    }

    /// Whether browsers carry it on past the end of the element around it.
    pub(super) fn is_formatting(self) -> bool {
        use Becomes::{Bold, Code, Italic, Link};
        matches!(self.becomes, Bold | Italic | Link | Code)
    }

    /// Whether its start ends an open paragraph.
    pub(super) fn ends_paragraph(self) -> bool {
        use Becomes::{
            Apart, CodeBlock, FieldText, Heading, Item, Line, List, LiteralRest, LiteralText, Paragraph,
            Rule, Table,
        };
        matches!(
            self.becomes,
            Paragraph
                | Heading(_)
                | Line
                | Apart
                | CodeBlock
                | List(_)
                | Item
                | Rule
                | Table
                | LiteralText
                | LiteralRest
                | FieldText
        )
    }
}

/// Whether the element with this number is more than a part of a line of text.
pub(super) fn is_special(id: u8) -> bool {
    id & SPECIAL != 0
}

const fn number(row: u8, becomes: Becomes) -> u8 {
    use Becomes::{Apart, Cell, CodeBlock, Heading, Item, Line, Link, List, Paragraph, Row, Table};
    match becomes {
        Cell => CELL,
        Table => TABLE,
        Item => ITEM,
        Heading(_) => HEADING,
        Paragraph => PARAGRAPH,
        Link => LINK,
        Line | Apart | Row | CodeBlock | List(_) => SPECIAL | (FIRST + row),
        _ => FIRST + row,
    }
}

const fn element(row: usize) -> Element {
    assert!(row < (SPECIAL - FIRST) as usize);
    let becomes = ELEMENTS[row].1;
    #[expect(clippy::cast_possible_truncation, reason = "below 128")]
    Element { id: number(row as u8, becomes), becomes }
}

/// How many slots the table has, as a power of two: enough that a factor without collisions is soon found.
const BITS: u32 = 10;

/// A hash table without collisions, made at compile time: a name's key, and its element.
static SLOTS: [(u64, Element); 1 << BITS] = match slots(FACTOR) {
    Some(slots) => slots,
    None => panic!("the factor has no collisions"),
};

/// The first odd factor, from the golden ratio's on, that sends each key to a slot of its own.
const FACTOR: u64 = {
    let mut factor: u64 = 0x9E37_79B9_7F4A_7C15;
    while slots(factor).is_none() {
        factor = factor.wrapping_add(0x6A09_E667_F3BC_C908);
    }
    factor
};

/// The table with this factor; none if two keys collide.
const fn slots(factor: u64) -> Option<[(u64, Element); 1 << BITS]> {
    // No name has a byte of this key.
    let mut slots = [(u64::MAX, Element::OTHER); 1 << BITS];
    let mut row = 0;
    while row < ELEMENTS.len() {
        if ELEMENTS[row].0.len() <= LONGEST {
            let key = key(ELEMENTS[row].0);
            let slot = hash(key, factor);
            if slots[slot].0 != u64::MAX {
                return None;
            }
            slots[slot] = (key, element(row));
        }
        row += 1;
    }
    Some(slots)
}

/// The names that have no key, and their elements.
static LONG: [(&str, Element); 3] = {
    let mut long = [("", Element::OTHER); 3];
    let (mut row, mut count) = (0, 0);
    while row < ELEMENTS.len() {
        if ELEMENTS[row].0.len() > LONGEST {
            long[count] = (ELEMENTS[row].0, element(row));
            count += 1;
        }
        row += 1;
    }
    long
};

#[inline]
const fn hash(key: u64, factor: u64) -> usize {
    (key.wrapping_mul(factor) >> (u64::BITS - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::name::{ENDS_TAG_NAME, read};

    fn named(name: &str) -> Element {
        let tag = format!("{name}>");
        Element::named(read(tag.as_bytes(), 0, ENDS_TAG_NAME).unwrap().0, name.as_bytes(), (0, name.len()))
    }

    #[test]
    fn every_row_is_found_by_its_name_in_any_case() {
        for &(name, becomes) in ELEMENTS {
            assert_eq!(named(name).becomes, becomes, "{name}");
            assert_eq!(named(&name.to_ascii_uppercase()).becomes, becomes, "{name}");
        }
    }

    #[test]
    fn no_name_has_two_rows() {
        let mut names: Vec<_> = ELEMENTS.iter().map(|row| row.0).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ELEMENTS.len());
    }

    #[test]
    fn names_fold_by_ascii_case_only() {
        for name in
            ["lin\u{212A}", "\u{0131}mg", "\u{0455}cript", "1", "o:", "o\u{1A}p", "scripts", "blockquotes"]
        {
            assert_eq!(named(name), Element::OTHER, "{name}");
        }
    }
}
