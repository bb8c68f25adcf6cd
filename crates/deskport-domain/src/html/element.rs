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
        let mut slot = hash(name);
        loop {
            let row = SLOTS[slot];
            if row == EMPTY {
                return Self::OTHER;
            }
            let (known, becomes) = ELEMENTS[row as usize];
            if known.len() == name.len() && known.as_bytes().eq_ignore_ascii_case(name) {
                return Self { id: number(row, becomes), becomes };
            }
            slot = (slot + 1) % SLOTS.len();
        }
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

#[inline]
fn number(row: u8, becomes: Becomes) -> u8 {
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

/// Marks a slot without a row.
const EMPTY: u8 = u8::MAX;

/// An open-addressing hash table of row numbers, made at compile time.
static SLOTS: [u8; 512] = slots();

const fn slots() -> [u8; 512] {
    assert!(ELEMENTS.len() <= (SPECIAL - FIRST) as usize);
    let mut slots = [EMPTY; 512];
    let mut row = 0;
    while row < ELEMENTS.len() {
        let mut slot = hash(ELEMENTS[row].0.as_bytes());
        while slots[slot] != EMPTY {
            slot = (slot + 1) % 512;
        }
        #[expect(clippy::cast_possible_truncation, reason = "the table is shorter than 128")]
        let number = row as u8;
        slots[slot] = number;
        row += 1;
    }
    slots
}

/// Mixes length, first, second and last byte; case and high bits do not count.
#[inline]
const fn hash(name: &[u8]) -> usize {
    let length = name.len();
    if length == 0 {
        return 0;
    }
    let first = (name[0] | 0x20) as usize;
    let second = (name[length / 2] | 0x20) as usize;
    let last = (name[length - 1] | 0x20) as usize;
    (first * 37 + second * 11 + last * 5 + length * 89) % 512
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
