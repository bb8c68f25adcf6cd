//! The start of a body's text on one line.

use super::plain::{Piece, pieces};

/// The text of clean HTML on one line, at most `length` characters as people count them.
pub(super) fn preview(html: &str, length: usize) -> String {
    let mut line = Line { text: String::new(), clusters: 0, length, joins: false, space: false };
    for piece in pieces(html) {
        let fits = match piece {
            Piece::Text(text) => line.push(&text),
            Piece::Open("img", attributes) => {
                line.push(attributes.alternative().as_deref().unwrap_or_default())
            }
            Piece::Open("br" | "p" | "h1" | "h2" | "li", _) | Piece::Close("p" | "h1" | "h2" | "li") => {
                line.gap()
            }
            Piece::Open(..) | Piece::Close(_) => true,
        };
        if !fits {
            break;
        }
    }
    line.text
}

/// The line so far.
struct Line {
    text: String,
    clusters: usize,
    length: usize,
    /// Whether the next character belongs to the one before.
    joins: bool,
    /// Whether white space is due.
    space: bool,
}

impl Line {
    fn gap(&mut self) -> bool {
        self.space = true;
        true
    }

    /// Appends text; false once there is no more room.
    fn push(&mut self, text: &str) -> bool {
        text.chars().all(|character| self.push_character(character))
    }

    fn push_character(&mut self, character: char) -> bool {
        if character.is_whitespace() || character.is_control() {
            return self.gap();
        }
        if std::mem::take(&mut self.space) && !self.text.is_empty() && !self.start_cluster(' ') {
            return false;
        }
        if self.continues(character) {
            self.joins = character == '\u{200D}';
            self.text.push(character);
            return true;
        }
        self.start_cluster(character)
    }

    /// Whether a character belongs to the one before: marks, joiners, emoji parts, second halves of flags.
    fn continues(&self, character: char) -> bool {
        if self.text.is_empty() || self.text.ends_with(' ') {
            return false;
        }
        let is_half = |it: char| matches!(it, '\u{1F1E6}'..='\u{1F1FF}');
        let halves = self.text.chars().rev().take_while(|it| is_half(*it)).count();
        self.joins || is_extending(character) || (is_half(character) && halves % 2 == 1)
    }

    fn start_cluster(&mut self, character: char) -> bool {
        if self.clusters == self.length {
            self.end_early();
            return false;
        }
        self.clusters += 1;
        self.joins = false;
        self.text.push(character);
        true
    }

    /// Replaces the last character by an ellipsis.
    fn end_early(&mut self) {
        let mut end = self.text.len();
        let mut later = '\0';
        for (at, character) in self.text.char_indices().rev() {
            end = at;
            if !is_extending(character) && later != '\u{200D}' && !self.text[..at].ends_with('\u{200D}') {
                break;
            }
            later = character;
        }
        if self.length > 0 {
            self.text.truncate(end);
            self.text.truncate(self.text.trim_end().len());
            self.text.push('…');
        }
    }
}

/// Whether a character is part of the one before it, in any case.
fn is_extending(character: char) -> bool {
    matches!(
        character,
        '\u{200D}'
            | '\u{200C}'
            | '\u{300}'..='\u{36F}'
            | '\u{483}'..='\u{489}'
            | '\u{591}'..='\u{5BD}'
            | '\u{610}'..='\u{61A}'
            | '\u{64B}'..='\u{65F}'
            | '\u{900}'..='\u{903}'
            | '\u{93A}'..='\u{93C}'
            | '\u{93E}'..='\u{94F}'
            | '\u{E31}'
            | '\u{E34}'..='\u{E3A}'
            | '\u{E47}'..='\u{E4E}'
            | '\u{1AB0}'..='\u{1AFF}'
            | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FE20}'..='\u{FE2F}'
            | '\u{1F3FB}'..='\u{1F3FF}'
            | '\u{E0020}'..='\u{E007F}'
            | '\u{E0100}'..='\u{E01EF}'
    )
}
