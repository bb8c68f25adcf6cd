//! No file speaks of the machine it was written on.

use super::SourceFile;

/// Places that exist for one developer only. In two parts, or this file would be a finding itself.
const PLACES: &[&str] = &[concat!("..", "/shared"), concat!("/wo", "rk/"), concat!("/ro", "ot/")];

/// Findings in all of `files`.
pub(super) fn check(files: &[SourceFile]) -> Vec<String> {
    files.iter().flat_map(check_file).collect()
}

fn check_file(file: &SourceFile) -> Vec<String> {
    let lines = file.text.lines().enumerate();
    lines
        .flat_map(|(index, line)| {
            let found = PLACES.iter().filter(move |place| names(line, place));
            found
                .map(move |place| format!("{}:{}: `{place}` is a place on one machine", file.path, index + 1))
        })
        .collect()
}

/// Whether `line` names `place`; the middle of a longer path or of an address is another place.
fn names(line: &str, place: &str) -> bool {
    let starts_path = |start: usize| {
        let before = line[..start].chars().next_back();
        before.is_none_or(|character| !(character.is_alphanumeric() || "-_.~/*".contains(character)))
    };
    line.match_indices(place).any(|(start, _)| starts_path(start))
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn every_place_is_found() {
        for place in PLACES {
            let text = format!("first\nsee ({place}x)\n");
            assert_eq!(
                check(&[file("docs/A.md", &text)]),
                [format!("docs/A.md:2: `{place}` is a place on one machine")]
            );
        }
    }

    #[test]
    fn the_middle_of_another_path_is_not_a_place() {
        let text = format!("src{}main.rs and https://example.com{}\n", PLACES[1], PLACES[2]);
        assert_eq!(check(&[file("docs/A.md", &text)]), Vec::<String>::new());
    }
}
