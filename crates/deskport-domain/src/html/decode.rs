//! Attribute values as they are meant: references replaced, line ends made one.

use memchr::memchr3;

use super::reference::{Meaning, Place, read};
use super::steps::steps;

/// The value that `source` stands for.
pub(super) fn attribute(source: &str) -> String {
    steps(source.len());
    let bytes = source.as_bytes();
    let mut value = String::with_capacity(source.len());
    let mut from = 0;
    while let Some(found) = memchr3(b'&', b'\r', b'\0', &bytes[from..]) {
        let at = from + found;
        value.push_str(&source[from..at]);
        from = at + 1;
        match bytes[at] {
            b'&' => match read(&bytes[at..], Place::Attribute) {
                Some((meaning, length)) => {
                    from = at + length;
                    match meaning {
                        Meaning::Character(character) => value.push(character),
                        Meaning::Text(text) => value.push_str(text),
                    }
                }
                None => value.push('&'),
            },
            b'\r' if bytes.get(from) == Some(&b'\n') => {}
            b'\r' => value.push('\n'),
            _ => value.push(char::REPLACEMENT_CHARACTER),
        }
    }
    value.push_str(&source[from..]);
    value
}
