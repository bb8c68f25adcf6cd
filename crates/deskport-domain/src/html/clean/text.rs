//! Text: references, line ends, and characters that must be escaped or dropped.

use super::Cleaner;
use crate::html::decode::attribute;
use crate::html::reference::{Meaning, Place, read};
use crate::html::scan::plain_length;
use crate::html::steps::steps;

impl Cleaner<'_> {
    /// Reads text between tags, which can be written as it is up to `care`.
    #[inline]
    pub(super) fn text(&mut self, from: usize, care: usize, to: usize) {
        if self.sizes.hide_text() {
            let text = &self.source.as_bytes()[from..to];
            self.removed.hidden += usize::from(!text.trim_ascii().is_empty());
        } else if care == to {
            self.flow.text(from, to);
        } else {
            self.marked_text(from, care, to, true);
        }
    }

    /// Reads the text of a form field.
    pub(super) fn field_text(&mut self, from: usize, to: usize) {
        self.marked_text(from, from, to, true);
    }

    /// Reads text that has no references.
    pub(super) fn literal_text(&mut self, from: usize, to: usize) {
        self.marked_text(from, from, to, false);
    }

    /// Writes the text of an attribute as text.
    pub(super) fn attribute_text(&mut self, from: usize, to: usize) {
        let text = self.visible(attribute(&self.source[from..to]));
        text.chars().for_each(|character| self.flow.character(character));
    }

    /// The text without the tag characters that the rules drop.
    pub(super) fn visible(&mut self, text: String) -> String {
        if !self.removes_hidden() || !text.contains(is_tag) {
            return text;
        }
        let mut shown = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = rest.find(is_tag) {
            let run: Vec<char> = rest[at..].chars().take_while(|tag| is_tag(*tag)).collect();
            let end = at + run.iter().map(|tag| tag.len_utf8()).sum::<usize>();
            let keeps = rest[..at].ends_with(FLAG) && is_region(&run);
            shown.push_str(&rest[..if keeps { end } else { at }]);
            self.removed.tag_characters += if keeps { 0 } else { run.len() };
            rest = &rest[end..];
        }
        shown + rest
    }

    /// Writes text whose bytes up to `at` need no care.
    fn marked_text(&mut self, mut start: usize, mut at: usize, to: usize, references: bool) {
        let bytes = self.source.as_bytes();
        while at < to {
            at += plain_length(&bytes[at..to]);
            if at == to {
                break;
            }
            let length = self.careful(start, at, to, references);
            at += length.unwrap_or(1);
            if length.is_some() {
                start = at;
            }
        }
        if start < to {
            self.flow.text_piece(start, to);
        }
    }

    /// Writes the plain text from `start` and then the character at `at` if it cannot be written as
    /// it is; its length in the source, or none if it can.
    fn careful(&mut self, start: usize, at: usize, to: usize, references: bool) -> Option<usize> {
        let rest = &self.source.as_bytes()[at..to];
        let plain = match rest[0] {
            0xC2 => rest[1] != 0xA0,
            0xF3 => !(rest[1] == 0xA0 && rest[2] < 0x82 && self.removes_hidden()),
            _ => false,
        };
        if plain {
            return None;
        }
        if start < at {
            self.flow.text_piece(start, at);
        }
        Some(match rest[0] {
            b'&' if references => self.reference(at, to),
            0xF3 => self.tag_character(at, to),
            0xC2 => self.character('\u{A0}', 2),
            b'\r' if rest.get(1) == Some(&b'\n') => 1,
            b'\r' => self.character('\n', 1),
            ascii => self.character(char::from(ascii), 1),
        })
    }

    fn character(&mut self, character: char, length: usize) -> usize {
        self.flow.character(character);
        length
    }

    fn reference(&mut self, at: usize, to: usize) -> usize {
        let bytes = &self.source.as_bytes()[..to];
        match read(&bytes[at..], Place::Text) {
            None => self.character('&', 1),
            Some((Meaning::Text(text), length)) => {
                text.chars().for_each(|character| self.flow.character(character));
                length
            }
            Some((Meaning::Character(character), _)) if is_tag(character) && self.removes_hidden() => {
                self.tag_character(at, to)
            }
            Some((Meaning::Character(FLAG), length)) => {
                self.flow.character(FLAG);
                length + self.flag(at + length, to)
            }
            Some((Meaning::Character(character), length)) => self.character(character, length),
        }
    }

    /// A tag character: part of a flag if a black flag stands before it, dropped if not.
    fn tag_character(&mut self, at: usize, to: usize) -> usize {
        let length = if self.source[..at].ends_with(FLAG) { self.flag(at, to) } else { 0 };
        if length > 0 {
            return length;
        }
        self.removed.tag_characters += 1;
        self.any_character(at, to).map_or(1, |(_, length)| length)
    }

    /// Writes the tag characters at `at` if they make a flag of a region; how long they are.
    fn flag(&mut self, at: usize, to: usize) -> usize {
        steps(8);
        let (mut tags, mut count, mut end) = (['\0'; 7], 0, at);
        loop {
            let Some((character, length)) = self.any_character(end, to).filter(|it| is_tag(it.0)) else {
                return 0;
            };
            if count == tags.len() {
                return 0;
            }
            tags[count] = character;
            (count, end) = (count + 1, end + length);
            if character == CANCEL {
                break;
            }
        }
        if is_region(&tags[..count]) {
            tags[..count].iter().for_each(|tag| self.flow.character(*tag));
            return end - at;
        }
        0
    }

    /// The character at `at`, be it written as a reference or not, and its length in the source.
    fn any_character(&self, at: usize, to: usize) -> Option<(char, usize)> {
        let text = &self.source[at..to];
        match read(text.as_bytes(), Place::Text) {
            Some((Meaning::Character(character), length)) if text.starts_with('&') => {
                Some((character, length))
            }
            _ => text.chars().next().map(|character| (character, character.len_utf8())),
        }
    }
}

/// The black flag that the flags of England and others start with.
const FLAG: char = '\u{1F3F4}';
/// The tag character that ends a flag.
const CANCEL: char = '\u{E007F}';

fn is_tag(character: char) -> bool {
    matches!(character, '\u{E0000}'..='\u{E007F}')
}

/// Whether these are the tags of a subdivision (a country's two letters, one to four more) and an end.
fn is_region(tags: &[char]) -> bool {
    let letter = |tag: &char| matches!(tag, '\u{E0061}'..='\u{E007A}');
    let digit = |tag: &char| matches!(tag, '\u{E0030}'..='\u{E0039}');
    match tags {
        [country @ .., CANCEL] if country.len() > 2 => {
            country[..2].iter().all(letter) && country[2..].iter().all(|tag| letter(tag) || digit(tag))
        }
        _ => false,
    }
}
