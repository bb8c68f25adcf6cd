//! The key that somebody probably meant.

/// The one of `known` that takes the fewest changes of single characters to get to from `wanted`.
pub(super) fn to<'a>(wanted: &str, known: &[&'a str]) -> &'a str {
    known.iter().copied().min_by_key(|key| distance(wanted, key)).unwrap_or_default()
}

/// Levenshtein's distance.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, character) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(character != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_counts_single_changes() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("listen", "listen"), 0);
    }

    #[test]
    fn a_typo_finds_its_key() {
        let known = ["server.listen", "server.workers", "database.url"];
        assert_eq!(to("server.lisen", &known), "server.listen");
        assert_eq!(to("databse.url", &known), "database.url"); // typos: ignore
    }
}
