//! Every link from one page to another file of the repository leads somewhere.

use std::collections::BTreeSet;

use super::SourceFile;

/// Findings in the Markdown pages among `files`.
pub(super) fn check(files: &[SourceFile]) -> Vec<String> {
    let places = places(files);
    let pages = files.iter().filter(|file| file.is("md"));
    pages.flat_map(|page| check_page(page, &places)).collect()
}

/// Every file, and every directory above one.
fn places(files: &[SourceFile]) -> BTreeSet<&str> {
    let mut places = BTreeSet::from([""]);
    for file in files {
        places.insert(&file.path);
        places.extend(file.path.match_indices('/').map(|(end, _)| &file.path[..end]));
    }
    places
}

fn check_page(page: &SourceFile, places: &BTreeSet<&str>) -> Vec<String> {
    let mut findings = Vec::new();
    for (index, line) in page.text.lines().enumerate() {
        for target in targets(line).filter(|target| is_local(target)) {
            if !resolve(&page.path, target).is_some_and(|path| places.contains(path.as_str())) {
                findings.push(format!("{}:{}: `{target}` leads nowhere", page.path, index + 1));
            }
        }
    }
    findings
}

/// What stands in the round brackets of `[text](target)`.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next())
}

/// Whether `target` is a file here; not a place on this page, nor an address.
fn is_local(target: &str) -> bool {
    !target.is_empty() && !target.starts_with(['#', '/']) && !target.contains(':')
}

/// The path from the root of what `page` calls `target`; none if that is outside.
fn resolve(page: &str, target: &str) -> Option<String> {
    let mut path: Vec<&str> = page.split('/').collect();
    path.pop();
    let target = target.split('#').next().unwrap_or_default();
    for part in target.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            path.pop()?;
        } else {
            path.push(part);
        }
    }
    Some(path.join("/"))
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    fn findings(text: &str) -> Vec<String> {
        check(&[file("docs/A.md", text), file("docs/B.md", ""), file("src/main.rs", "")])
    }

    #[test]
    fn links_that_lead_somewhere_are_fine() {
        let text = "[b](B.md) [main](../src/main.rs#L1 \"title\") [dir](../src) [root](..) [here](#top) [web](https://a.b)";
        assert_eq!(findings(text), Vec::<String>::new());
    }

    #[test]
    fn a_broken_link_is_found_on_its_line() {
        assert_eq!(findings("first\n[c](C.md)"), ["docs/A.md:2: `C.md` leads nowhere"]);
    }

    #[test]
    fn a_link_out_of_the_repository_leads_nowhere() {
        assert_eq!(findings("[up](../../B.md)"), ["docs/A.md:1: `../../B.md` leads nowhere"]);
    }
}
