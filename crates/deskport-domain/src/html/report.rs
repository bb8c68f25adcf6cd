//! What cleaning gives besides the HTML: what was taken out.

use std::borrow::Cow;

/// Clean HTML, and what was taken out to make it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned<'a> {
    /// The clean HTML; borrowed if it is a part of the input.
    pub html: Cow<'a, str>,
    /// Whether it differs from the input.
    pub changed: bool,
    /// What was taken out.
    pub removed: Removed,
}

/// How much was taken out, by kind. Tags and attributes that merely have no place are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Elements that went with their content: scripts, style sheets, frames, templates, SVG, math.
    pub elements: usize,
    /// Elements, and pieces of text without size, that people could not have seen.
    pub hidden: usize,
    /// Images that only told the sender about the reader.
    pub trackers: usize,
    /// Links whose address was refused; their content is kept.
    pub links: usize,
    /// Images whose address was refused; their alternative text is kept.
    pub images: usize,
    /// Names and passwords in addresses, which can make a link look like one to another place.
    pub credentials: usize,
    /// Unicode tag characters outside of emoji flags.
    pub tag_characters: usize,
}

impl Removed {
    /// Whether nothing was taken out.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}
