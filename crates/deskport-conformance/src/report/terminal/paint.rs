//! Text that a terminal can show: in colors or not, and in one line.

pub(super) const RED: &str = "\x1b[31m";
pub(super) const YELLOW: &str = "\x1b[33m";
pub(super) const GREEN: &str = "\x1b[32m";
pub(super) const BOLD: &str = "\x1b[1m";
pub(super) const FAINT: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// Colors, or none.
pub(super) struct Paint(pub(super) bool);

impl Paint {
    pub(super) fn with(&self, color: &str, text: &str) -> String {
        if self.0 && !text.is_empty() { format!("{color}{text}{PLAIN}") } else { text.to_owned() }
    }
}

/// `text` in one line that a terminal can show, cut after `limit` characters.
pub(super) fn shorten(text: &str, limit: usize) -> String {
    let printable = |letter: char| if letter.is_control() { ' ' } else { letter };
    let mut short: String = text.chars().take(limit).map(printable).collect();
    if text.chars().nth(limit).is_some() {
        short.push('…');
    }
    short
}
