//! No file speaks of the machine it was written on, or of a merge that was left half done.

use super::SourceFile;

/// Places that exist for one developer only. In two parts, or this file would be a finding itself.
const PLACES: &[&str] = &[concat!("..", "/shared"), concat!("/wo", "rk/"), concat!("/ro", "ot/")];

/// What a line begins with where two branches were not reconciled.
const MERGES: [&str; 2] = [concat!("<<<<", "<<< "), concat!(">>>>", ">>> ")];

/// Findings in all of `files`.
pub(super) fn check(files: &[SourceFile]) -> Vec<String> {
    files.iter().flat_map(check_file).collect()
}

fn check_file(file: &SourceFile) -> Vec<String> {
    let lines = file.text.lines().enumerate();
    lines
        .flat_map(|(index, line)| {
            let at = format!("{}:{}", file.path, index + 1);
            let merge = MERGES.iter().filter(|mark| line.starts_with(**mark));
            let merge = merge.map(|_| format!("{at}: two branches are not reconciled"));
            let places = PLACES.iter().filter(|place| names(line, place));
            let places = places.map(|place| format!("{at}: `{place}` is a place on one machine"));
            merge.chain(places).collect::<Vec<_>>()
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
    fn what_a_merge_left_is_found() {
        for mark in MERGES {
            let text = format!("first\n{mark}main\nnot {mark}here\n");
            assert_eq!(check(&[file("docs/A.md", &text)]), ["docs/A.md:2: two branches are not reconciled"]);
        }
    }

    #[test]
    fn the_middle_of_another_path_is_not_a_place() {
        let text = format!("src{}main.rs and https://example.com{}\n", PLACES[1], PLACES[2]);
        assert_eq!(check(&[file("docs/A.md", &text)]), Vec::<String>::new());
    }
}
