//! Finds the row of the policy table for a tag name, by ASCII case only.

use super::policy::{Becomes, ELEMENTS};

/// An element as the reader sees it: what becomes of it, and a number to match end tags by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl Element {
    /// What an element without a row is.
    const OTHER: Self = Self { id: UNKNOWN, becomes: Becomes::Unwrapped };

    /// The element with this name.
    #[inline]
    pub(super) fn named(name: &[u8]) -> Self {
        let Some(key) = short_key(name).or_else(|| long_key(name)) else { return Self::OTHER };
        let mut slot = hash(key);
        while SLOTS[slot].0 != key {
            if SLOTS[slot].0 == 0 {
                return Self::OTHER;
            }
            slot = (slot + 1) % SLOTS.len();
        }
        SLOTS[slot].1
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

/// The longest name that fits in a key. None of the table is longer.
const LONGEST: usize = 16;

/// An open-addressing hash table, made at compile time: a name's bytes as one number, and its element.
static SLOTS: [(u128, Element); 512] = slots();

const fn slots() -> [(u128, Element); 512] {
    assert!(ELEMENTS.len() <= (SPECIAL - FIRST) as usize);
    let mut slots = [(0, Element::OTHER); 512];
    let mut row = 0;
    while row < ELEMENTS.len() {
        let (name, becomes) = ELEMENTS[row];
        let key = key(name.as_bytes());
        let mut slot = hash(key);
        while slots[slot].0 != 0 {
            slot = (slot + 1) % 512;
        }
        #[expect(clippy::cast_possible_truncation, reason = "the table is shorter than 128")]
        let id = number(row as u8, becomes);
        slots[slot] = (key, Element { id, becomes });
        row += 1;
    }
    slots
}

/// The key of a name of at most eight bytes, all of them ASCII.
#[inline]
fn short_key(name: &[u8]) -> Option<u128> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    if name.len() > 8 {
        return None;
    }
    let word = name.iter().fold(0, |word: u64, byte| word << 8 | u64::from(*byte));
    if word & (EACH * 0x80) != 0 {
        return None;
    }
    // The high bit of each byte that is a capital letter.
    let capital = (word + EACH * (0x80 - 0x41)) & !(word + EACH * (0x80 - 0x5B)) & (EACH * 0x80);
    Some(u128::from(word | capital >> 2))
}

fn long_key(name: &[u8]) -> Option<u128> {
    (name.len() <= LONGEST)
        .then(|| name.iter().fold(0, |key, byte| key << 8 | u128::from(byte.to_ascii_lowercase())))
}

const fn key(name: &[u8]) -> u128 {
    assert!(name.len() <= LONGEST);
    let (mut key, mut index) = (0, 0);
    while index < name.len() {
        key = key << 8 | name[index] as u128;
        index += 1;
    }
    key
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "nine bits are left")]
const fn hash(key: u128) -> usize {
    let mixed = (key as u64) ^ ((key >> 64) as u64);
    (mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 55) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_by_its_name_in_any_case() {
        for &(name, becomes) in ELEMENTS {
            assert_eq!(Element::named(name.as_bytes()).becomes, becomes, "{name}");
            assert_eq!(Element::named(name.to_ascii_uppercase().as_bytes()).becomes, becomes, "{name}");
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
        for name in ["lin\u{212A}", "\u{0131}mg", "\u{0455}cript", "", "1", "o:", "scripts"] {
            assert_eq!(Element::named(name.as_bytes()), Element::OTHER, "{name}");
        }
    }
}
