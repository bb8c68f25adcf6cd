//! Lists and their items.

use super::Flow;
use crate::html::few::Few;
use crate::html::policy::{List as Shape, MAX_LIST_DEPTH};
use crate::html::steps::steps;

/// A list that is open in the input.
#[derive(Clone, Copy, Debug)]
struct List {
    shape: Shape,
    /// How deep its element is.
    depth: usize,
    /// Whether an item outside of any list asked for it.
    implied: bool,
    written: bool,
    item: Item,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    /// The list has no item yet.
    None,
    /// An item is open; its element is this deep, if there is one.
    Open(Option<usize>),
    /// An item has ended, but its end tag is not written: a list that follows goes into it.
    Ended,
}

/// All open lists, outermost first; the first few without memory of their own.
#[derive(Debug)]
pub(super) struct Lists {
    open: Few<List, 3>,
}

impl Default for Lists {
    fn default() -> Self {
        let unused =
            List { shape: Shape::Bulleted, depth: 0, implied: false, written: false, item: Item::None };
        Self { open: Few::new(unused) }
    }
}

impl Lists {
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Whether content may come right here: outside of lists, or in an item that is open.
    #[inline]
    pub(super) fn are_settled(&self) -> bool {
        self.open.last().is_none_or(|list| matches!(list.item, Item::Open(_)))
    }
}

impl Flow<'_> {
    /// A list starts.
    pub(in crate::html) fn start_list(&mut self, shape: Shape, depth: usize) {
        self.end_block();
        if self.lists.open.len() < MAX_LIST_DEPTH {
            self.lists.open.push(List { shape, depth, implied: false, written: false, item: Item::None });
        }
    }

    /// An item starts. The item before it must have ended, unless the new one is inside it.
    pub(in crate::html) fn start_item(&mut self, depth: usize) {
        self.end_block();
        let full = self.lists.open.len() >= MAX_LIST_DEPTH;
        match self.lists.open.last_mut() {
            Some(List { item: Item::None | Item::Ended, .. }) => {}
            Some(list) if full || matches!(list.item, Item::Open(None)) => list.item = Item::Ended,
            _ => self.lists.open.push(List {
                shape: Shape::Bulleted,
                depth,
                implied: true,
                written: false,
                item: Item::None,
            }),
        }
        self.write_item(Some(depth));
    }

    /// How deep the element of the open item is.
    pub(in crate::html) fn item_depth(&self) -> Option<usize> {
        match self.lists.open.last() {
            Some(List { item: Item::Open(depth), .. }) => *depth,
            _ => None,
        }
    }

    /// Content comes: makes sure that it is in an item if it is in a list.
    pub(super) fn open_item(&mut self) {
        self.leave_implied_list();
        if self.lists.open.last().is_some_and(|list| !matches!(list.item, Item::Open(_))) {
            self.write_item(None);
        }
    }

    /// Ends a list that only its items asked for, unless one of these is open.
    pub(super) fn leave_implied_list(&mut self) {
        while let Some(List { implied: true, item: Item::Ended, .. }) = self.lists.open.last() {
            self.end_last_list();
        }
    }

    /// Ends the lists and items whose elements are at `depth` or inside it.
    #[inline]
    pub(in crate::html) fn end_lists(&mut self, depth: usize) {
        while let Some(list) = self.lists.open.last() {
            if list.depth + usize::from(!list.implied) <= depth {
                break;
            }
            self.end_block();
            self.end_last_list();
        }
        if let Some(List { item: Item::Open(Some(item)), .. }) = self.lists.open.last()
            && *item >= depth
        {
            self.end_block();
            if let Some(list) = self.lists.open.last_mut() {
                list.item = Item::Ended;
            }
        }
    }

    /// Ends all lists.
    pub(super) fn end_all_lists(&mut self) {
        while !self.lists.is_empty() {
            self.end_last_list();
        }
    }

    /// Elements inside `depth` are one level less deep from now on.
    pub(super) fn lift_lists(&mut self, depth: usize) {
        steps(self.lists.open.len());
        for list in self.lists.open.iter_mut() {
            list.depth -= usize::from(list.depth > depth);
            if let Item::Open(Some(item)) = &mut list.item {
                *item -= usize::from(*item > depth);
            }
        }
    }

    fn end_last_list(&mut self) {
        let Some(list) = self.lists.open.pop() else { return };
        if list.item != Item::None {
            self.writer.write("</li>");
        }
        if list.written {
            match list.shape {
                Shape::Bulleted => self.writer.write("</ul>"),
                Shape::Numbered => self.writer.write("</ol>"),
            }
        }
    }

    /// Writes the start of an item in the innermost list, and of the lists around it.
    fn write_item(&mut self, depth: Option<usize>) {
        let mut parent: Option<usize> = None;
        steps(self.lists.open.len());
        for index in 0..self.lists.open.len() {
            let Some(list) = self.lists.open.get_mut(index) else { break };
            let shape = list.shape;
            if !std::mem::replace(&mut list.written, true) {
                if let Some(parent) = parent {
                    self.enter_item(parent);
                }
                match shape {
                    Shape::Bulleted => self.writer.write("<ul>"),
                    Shape::Numbered => self.writer.write("<ol>"),
                }
            }
            parent = Some(index);
        }
        let Some(list) = self.lists.open.last_mut() else { return };
        if std::mem::replace(&mut list.item, Item::Open(depth)) != Item::None {
            self.writer.write("</li>");
        }
        self.writer.write("<li>");
    }

    /// Makes sure that an item of this list is open: the last one, or a new one.
    fn enter_item(&mut self, index: usize) {
        let Some(list) = self.lists.open.get_mut(index) else { return };
        match list.item {
            Item::Open(_) => return,
            Item::Ended => {}
            Item::None => self.writer.write("<li>"),
        }
        list.item = Item::Open(None);
    }
}
