//! Every problem that the server can answer with is explained on the contract's page.

use std::collections::BTreeSet;

use super::{SourceFile, find};

/// The page that explains the contract as it is implemented.
const PAGE: &str = "docs/CONTRACT.md";

/// Where problem types are written down.
const FACE: &str = "crates/deskport-http-actix/src/";

/// What every problem type begins with.
const PREFIX: &str = "/problems/";

/// Findings about problem types.
pub(super) fn check(files: &[SourceFile]) -> Vec<String> {
    let Some(page) = find(files, PAGE) else {
        return vec![format!("{PAGE} is missing: it explains every problem type")];
    };
    let sources = files.iter().filter(|file| file.path.starts_with(FACE) && file.is("rs"));
    let known: BTreeSet<&str> = sources.flat_map(|file| problem_types(&file.text)).collect();
    if known.is_empty() {
        return vec![format!(
            "{FACE} names no `{PREFIX}…`: write each problem type in full, so that this check sees it"
        )];
    }
    let explained: BTreeSet<&str> = problem_types(&page.text).collect();
    let missing = known.difference(&explained);
    missing
        .map(|name| format!("{PAGE}: explain `{PREFIX}{name}`, which the server can answer with"))
        .collect()
}

/// Every `NAME` of a `/problems/NAME` in `text`.
fn problem_types(text: &str) -> impl Iterator<Item = &str> {
    let rests = text.match_indices(PREFIX).map(|(start, _)| &text[start + PREFIX.len()..]);
    rests.map(name).filter(|name| !name.is_empty())
}

fn name(rest: &str) -> &str {
    let is_name = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    rest.find(|character| !is_name(character)).map_or(rest, |end| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    const CODE: &str = "const A: &str = \"/problems/not-found\";\nroute(\"/problems/{name}\");\n";

    #[test]
    fn an_explained_problem_is_fine() {
        let files = [
            file("crates/deskport-http-actix/src/problem.rs", CODE),
            file(PAGE, "| `/problems/not-found` | … |"),
        ];
        assert_eq!(check(&files), Vec::<String>::new());
    }

    #[test]
    fn an_unexplained_problem_is_found() {
        let files = [
            file("crates/deskport-http-actix/src/problem.rs", CODE),
            file(PAGE, "/problems/not-found-at-all"),
        ];
        assert_eq!(
            check(&files),
            ["docs/CONTRACT.md: explain `/problems/not-found`, which the server can answer with"]
        );
    }

    #[test]
    fn a_face_without_problems_is_found() {
        let files = [file("crates/deskport-http-actix/src/problem.rs", "\"not-found\""), file(PAGE, "")];
        assert!(check(&files)[0].contains("names no `/problems/…`"));
    }

    #[test]
    fn a_missing_page_is_found() {
        assert_eq!(check(&[]).len(), 1);
    }
}
