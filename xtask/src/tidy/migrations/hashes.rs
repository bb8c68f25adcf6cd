//! The list of hashes that makes a recorded migration unchangeable.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use hmac_sha256::Hash;

use super::super::{SourceFile, find};
use super::scripts;
use crate::failure::{Failure, Outcome};
use crate::shell;

/// One line per script: its hash and its path. Lines are added by `--bless`, and never changed.
const FILE: &str = "migrations/hashes.txt";

/// Writes the hashes of scripts that have none yet; what is recorded stays as it is.
pub(in crate::tidy) fn bless(files: &[SourceFile]) -> Outcome {
    let mut recorded = recorded(files);
    for script in scripts(files) {
        recorded.entry(script.path.clone()).or_insert_with(|| hash(&script.text));
    }
    fs::write(shell::root().join(FILE), print(&recorded)).map_err(|error| Failure::io(FILE, &error))
}

/// Scripts that are new, changed or gone.
pub(super) fn check(files: &[SourceFile]) -> Vec<String> {
    let recorded = recorded(files);
    let mut findings: Vec<String> =
        scripts(files).filter_map(|script| check_script(script, &recorded)).collect();
    let gone = recorded.keys().filter(|path| find(files, path).is_none());
    findings.extend(
        gone.map(|path| format!("{path} is gone, but databases out there may have run it: restore it")),
    );
    findings
}

fn check_script(script: &SourceFile, recorded: &BTreeMap<String, String>) -> Option<String> {
    let path = &script.path;
    match recorded.get(path) {
        None => Some(format!("{path} is not in {FILE}: record it with `cargo xtask tidy --bless`")),
        Some(hash) if *hash != self::hash(&script.text) => Some(format!(
            "{path} has changed since it was recorded: restore it and write a new migration \
             (if no release has it, remove its line from {FILE} and bless again)"
        )),
        Some(_) => None,
    }
}

/// Path to hash.
fn recorded(files: &[SourceFile]) -> BTreeMap<String, String> {
    let text = find(files, FILE).map_or("", |file| file.text.as_str());
    let entries = text.lines().filter_map(|line| line.split_once("  "));
    entries.map(|(hash, path)| (path.to_owned(), hash.to_owned())).collect()
}

/// The format of `sha256sum`, so that it can check the list, too.
fn print(recorded: &BTreeMap<String, String>) -> String {
    recorded.iter().fold(String::new(), |text, (path, hash)| text + hash + "  " + path + "\n")
}

fn hash(text: &str) -> String {
    Hash::hash(text.as_bytes()).iter().fold(String::new(), |mut hash, byte| {
        let _infallible = write!(hash, "{byte:02x}");
        hash
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::file;
    use super::*;

    const SCRIPT: &str = "migrations/sqlite/0001_create/up.sql";

    fn list(text: &str) -> SourceFile {
        file(FILE, &print(&BTreeMap::from([(SCRIPT.to_owned(), hash(text))])))
    }

    #[test]
    fn a_recorded_script_is_fine() {
        assert_eq!(check(&[file(SCRIPT, "a"), list("a")]), Vec::<String>::new());
    }

    #[test]
    fn a_changed_script_is_found() {
        assert!(check(&[file(SCRIPT, "b"), list("a")])[0].starts_with(&format!("{SCRIPT} has changed")));
    }

    #[test]
    fn a_new_script_is_found_until_it_is_recorded() {
        assert!(check(&[file(SCRIPT, "a")])[0].contains("--bless"));
    }

    #[test]
    fn a_script_that_is_gone_is_found() {
        assert!(check(&[list("a")])[0].starts_with(&format!("{SCRIPT} is gone")));
    }

    #[test]
    fn the_hash_is_that_of_sha256sum() {
        assert_eq!(hash(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
