//! Character references: `&amp;`, `&#65;`, `&#x41;`, and names that need no semicolon.

mod names;

use super::steps::steps;
use names::NAMES;

/// Where a reference stands; the rules for names without a semicolon differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    Attribute,
}

/// What a reference stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Character(char),
    Text(&'static str),
}

/// The reference that `rest` starts with (an ampersand), and how long it is.
#[inline]
pub(super) fn read(rest: &[u8], place: Place) -> Option<(Meaning, usize)> {
    match rest.get(1)? {
        b'#' => numeric(rest),
        letter if letter.is_ascii_alphabetic() => named(rest, place),
        _ => None,
    }
}

fn numeric(rest: &[u8]) -> Option<(Meaning, usize)> {
    let hexadecimal = matches!(rest.get(2), Some(b'x' | b'X'));
    let (radix, start) = if hexadecimal { (16, 3) } else { (10, 2) };
    let mut code = 0_u32;
    let mut end = start;
    while let Some(digit) = rest.get(end).and_then(|byte| char::from(*byte).to_digit(radix)) {
        // More than enough to be out of range for good.
        code = (code * radix + digit).min(0x0011_0000);
        end += 1;
    }
    if end == start {
        return None;
    }
    steps(end);
    let end = end + usize::from(rest.get(end) == Some(&b';'));
    Some((Meaning::Character(character(code)), end))
}

/// The character that a number means, as browsers read it.
fn character(code: u32) -> char {
    const REPLACED: [u16; 32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
        0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
        0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ];
    let code = match code {
        0 => 0xFFFD,
        0x80..=0x9F => u32::from(REPLACED[(code - 0x80) as usize]),
        _ => code,
    };
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn named(rest: &[u8], place: Place) -> Option<(Meaning, usize)> {
    let (text, length) = common(rest).or_else(|| longest(rest))?;
    let needs_care = place == Place::Attribute && rest[length - 1] != b';';
    if needs_care && rest.get(length).is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'=') {
        return None;
    }
    Some((Meaning::Text(text), length))
}

/// The names that nearly all references have.
#[inline]
fn common(rest: &[u8]) -> Option<(&'static str, usize)> {
    [("&nbsp;", "\u{A0}"), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\"")]
        .into_iter()
        .find(|(name, _)| rest.starts_with(name.as_bytes()))
        .map(|(name, text)| (text, name.len()))
}

/// The longest name that `rest` goes on with, and the length of the reference.
fn longest(rest: &[u8]) -> Option<(&'static str, usize)> {
    let pair = pair(*rest.get(1)?, *rest.get(2)?)?;
    let (mut low, mut high) = (FIRST[pair] as usize, FIRST[pair + 1] as usize);
    let mut best = None;
    let mut depth = 2;
    while low < high {
        let (name, text) = NAMES[low];
        if name.len() == depth {
            best = Some((text, depth + 1));
        }
        let Some(&byte) = rest.get(depth + 1) else { break };
        steps(4);
        let range = &NAMES[low..high];
        // Names that end here come first; they count as lower than any byte.
        let below = range.partition_point(|(name, _)| name.as_bytes().get(depth).is_none_or(|it| *it < byte));
        let equal = range[below..].partition_point(|(name, _)| name.as_bytes()[depth] == byte);
        low += below;
        high = low + equal;
        depth += 1;
    }
    best
}

/// The number of the two letters that a name starts with; no name is shorter.
const fn pair(first: u8, second: u8) -> Option<usize> {
    if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() {
        Some((first - b'A') as usize * LETTERS + (second - b'A') as usize)
    } else {
        None
    }
}

/// From `A` to `z`, with what is between the cases.
const LETTERS: usize = 58;

/// Where the names with each first two letters start.
static FIRST: [u16; LETTERS * LETTERS + 1] = {
    let mut starts = [0; LETTERS * LETTERS + 1];
    let (mut row, mut next) = (0, 0);
    while next < starts.len() {
        while row < NAMES.len() && number(NAMES[row].0.as_bytes()) < next {
            row += 1;
        }
        #[expect(clippy::cast_possible_truncation, reason = "the table has 2231 rows")]
        let start = row as u16;
        starts[next] = start;
        next += 1;
    }
    starts
};

const fn number(name: &[u8]) -> usize {
    match pair(name[0], name[1]) {
        Some(pair) => pair,
        None => panic!("a name starts with two letters"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(reference: &str, place: Place) -> Option<(String, usize)> {
        read(reference.as_bytes(), place).map(|(meaning, length)| match meaning {
            Meaning::Character(character) => (character.to_string(), length),
            Meaning::Text(text) => (text.to_owned(), length),
        })
    }

    #[test]
    fn every_name_is_read_to_its_end() {
        for (name, expected) in NAMES {
            let reference = format!("&{name}");
            assert_eq!(text(&reference, Place::Text), Some((expected.to_owned(), reference.len())), "{name}");
        }
    }

    #[test]
    fn the_longest_name_wins_and_the_rest_is_text() {
        assert_eq!(text("&notit;", Place::Text), Some(("\u{AC}".to_owned(), 4)));
        assert_eq!(text("&notin;", Place::Text), Some(("\u{2209}".to_owned(), 7)));
        assert_eq!(text("&CounterClockwiseContourIntegra", Place::Text), None);
    }

    #[test]
    fn a_name_without_semicolon_is_text_in_an_attribute_if_it_goes_on() {
        assert_eq!(text("&copy=1", Place::Attribute), None);
        assert_eq!(text("&copy1", Place::Attribute), None);
        assert_eq!(text("&copy", Place::Attribute), Some(("\u{A9}".to_owned(), 5)));
        assert_eq!(text("&copy=1", Place::Text), Some(("\u{A9}".to_owned(), 5)));
    }

    #[test]
    fn numbers_mean_what_browsers_take_them_for() {
        for (reference, expected) in [
            ("&#65;", "A"),
            ("&#x41", "A"),
            ("&#X00000041;", "A"),
            ("&#0;", "\u{FFFD}"),
            ("&#x80;", "\u{20AC}"),
            ("&#xD800;", "\u{FFFD}"),
            ("&#99999999999999999999;", "\u{FFFD}"),
        ] {
            assert_eq!(
                text(reference, Place::Text),
                Some((expected.to_owned(), reference.len())),
                "{reference}"
            );
        }
        assert_eq!(text("&#;", Place::Text), None);
        assert_eq!(text("&#x;", Place::Text), None);
    }
}
