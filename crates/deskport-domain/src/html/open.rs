//! The elements that are open in the input: a small model of a browser's stack of open elements.

use memchr::{memchr2, memrchr, memrchr2};

use super::element::{CELL, Element, TABLE, is_special};
use super::name::key;
use super::policy::{Becomes, MAX_DEPTH};
use super::steps::steps;

/// Numbers of open elements, outermost first. Beyond [`MAX_DEPTH`] they are only counted.
#[derive(Debug)]
pub(super) struct Open {
    ids: [u8; MAX_DEPTH],
    length: usize,
    uncounted: usize,
}

/// What an end tag means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It ends the element at this depth and all inside it.
    Whole(usize),
    /// It ends only the formatting element at this depth; those inside it stay open.
    Only(usize),
    /// It ends an element that was too deep to be told apart.
    Uncounted,
    /// No element that it could end is open.
    Stray,
}

impl Open {
    pub(super) fn new() -> Self {
        Self { ids: [0; MAX_DEPTH], length: 0, uncounted: 0 }
    }

    /// How deep the next element will be.
    pub(super) fn depth(&self) -> usize {
        self.length + self.uncounted
    }

    /// Opens an element and says how deep it is.
    #[inline]
    pub(super) fn push(&mut self, element: Element) -> usize {
        let depth = self.depth();
        if self.length < MAX_DEPTH {
            self.ids[self.length] = element.id;
            self.length += 1;
        } else {
            self.uncounted += 1;
        }
        depth
    }

    /// Ends the innermost element if it is this one, and says how deep it was.
    #[inline]
    pub(super) fn pop(&mut self, element: Element) -> Option<usize> {
        let last = self.length.checked_sub(1)?;
        if self.uncounted > 0 || self.ids[last] != element.id {
            return None;
        }
        self.length = last;
        Some(last)
    }

    /// Ends the element at `depth` and all inside it; whether a table or a cell was among them.
    #[inline]
    pub(super) fn truncate(&mut self, depth: usize) -> bool {
        if depth >= self.length {
            self.uncounted = depth - self.length;
            return false;
        }
        let ended = &self.ids[depth..self.length];
        let had_bound = if let [only] = ended {
            matches!(*only, CELL | TABLE)
        } else {
            memchr2(CELL, TABLE, ended).is_some()
        };
        self.length = depth;
        self.uncounted = 0;
        had_bound
    }

    /// Ends the element at `depth` only.
    pub(super) fn remove(&mut self, depth: usize) {
        if depth < self.length {
            steps(self.length / 16 + 1);
            self.ids.copy_within(depth + 1..self.length, depth);
            self.length -= 1;
        }
    }

    /// The innermost open element with this number, with no regard to what is inside it.
    pub(super) fn innermost(&self, id: u8) -> Option<usize> {
        steps(self.length / 16 + 1);
        memrchr(id, &self.ids[..self.length])
    }

    /// Where the table around this point starts, and the cell inside that table, if both are open.
    pub(super) fn table_and_cell(&self) -> Option<(usize, Option<usize>)> {
        let table = self.innermost(TABLE)?;
        Some((table, self.innermost(CELL).filter(|cell| *cell > table)))
    }

    /// Whether no bound of a table lies inside `depth`.
    pub(super) fn no_bound_inside(&self, depth: usize) -> bool {
        let from = (depth + 1).min(self.length);
        steps((self.length - from) / 16 + 1);
        memrchr2(CELL, TABLE, &self.ids[from..self.length]).is_none()
    }

    /// Which elements an end tag ends.
    #[inline]
    pub(super) fn end_of(&self, element: Element) -> End {
        if self.uncounted > 0 {
            return End::Uncounted;
        }
        if self.length > 0 && self.ids[self.length - 1] == element.id {
            return End::Whole(self.length - 1);
        }
        self.end_of_outer(element)
    }

    fn end_of_outer(&self, element: Element) -> End {
        let Some(depth) = self.innermost(element.id) else { return End::Stray };
        if matches!(element.id, CELL | TABLE) {
            return if element.id == CELL && self.innermost(TABLE).is_some_and(|table| table > depth) {
                End::Stray
            } else {
                End::Whole(depth)
            };
        }
        let inside = &self.ids[depth + 1..self.length];
        steps(inside.len() / 16 + 1);
        let reachable = match element.becomes {
            Becomes::Row => memrchr(TABLE, inside).is_none(),
            _ => memrchr2(CELL, TABLE, inside).is_none(),
        };
        match reachable {
            false => End::Stray,
            true if element.is_formatting() => End::Only(depth),
            true if !element.is_special() && inside.iter().any(|id| is_special(*id)) => End::Stray,
            true => End::Whole(depth),
        }
    }
}

/// Questions about what is open inside of an element.
impl Open {
    /// Whether an element with this number is open inside `depth`.
    pub(super) fn has_inside(&self, depth: usize, id: u8) -> bool {
        self.innermost(id).is_some_and(|found| found > depth)
    }

    /// Whether a list is open inside `depth`.
    pub(super) fn has_list_inside(&self, depth: usize) -> bool {
        ["ul", "ol", "menu", "dir"].iter().any(|name| {
            self.has_inside(depth, Element::named(key(name), name.as_bytes(), (0, name.len())).id)
        })
    }
}
