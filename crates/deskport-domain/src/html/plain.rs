//! Readable plain text from clean HTML.

mod pieces;
mod writer;

pub(super) use pieces::{Piece, pieces};

use writer::TextWriter;

/// The text of clean HTML, with list markers, link targets and blank lines between paragraphs.
pub(super) fn to_text(html: &str) -> String {
    let mut writer = TextWriter::new(html.len());
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => writer.text(&text),
            Piece::Open(name, attributes) => writer.open(name, &attributes),
            Piece::Close(name) => writer.close(name),
        }
    }
    writer.finish()
}

/// Whether there is no text but white space, and no image.
pub(super) fn shows_nothing(html: &str) -> bool {
    pieces(html).all(|piece| match piece {
        Piece::Text(text) => text.chars().all(char::is_whitespace),
        Piece::Open(name, _) => name != "img",
        Piece::Close(_) => true,
    })
}
