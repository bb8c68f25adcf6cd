//! Words for search, made here so that every database finds the same.
//!
//! What is stored by words is found by the same words only: whoever changes this must also remove
//! all documents and the bookmark of search by a migration.

/// The most characters of a word that count.
const LONGEST: usize = 100;

/// The most bytes of words that count in one text.
const MOST: usize = 256 * 1024;

/// Each word of a text once, in lower case and with spaces between them.
pub(crate) fn words(text: &str) -> String {
    let mut seen = std::collections::BTreeSet::new();
    let mut room = MOST;
    for word in split(text) {
        if word.len() >= room {
            break;
        }
        room -= word.len() + 1;
        seen.insert(word);
    }
    seen.into_iter().collect::<Vec<_>>().join(" ")
}

/// The words of a text, in lower case.
pub(crate) fn split(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.chars().take(LONGEST).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_digits_in_lower_case() {
        assert_eq!(words("The the MÜLLER's-shop, 2x! <->"), "2x müller s shop the");
        assert_eq!(words(" * "), "");
    }

    #[test]
    fn long_words_are_found_by_their_beginning() {
        assert_eq!(split(&"ä".repeat(300)), ["ä".repeat(100)]);
    }

    #[test]
    fn a_huge_text_counts_in_part() {
        let text: String = (0..100_000).map(|number| format!("{number} ")).collect();
        assert!(words(&text).len() <= MOST);
    }
}
