//! Every key of the compiled-in settings is explained where it stands.

use super::{SourceFile, find};

/// The settings that are compiled into the binary.
const FILE: &str = "config/deskport.toml";

/// Findings about the settings file.
pub(super) fn check(files: &[SourceFile]) -> Vec<String> {
    match find(files, FILE) {
        Some(file) => check_text(&file.text),
        None => vec![format!("{FILE} is missing: it documents every setting")],
    }
}

fn check_text(text: &str) -> Vec<String> {
    let mut findings = Vec::new();
    let mut above = "";
    for (index, line) in text.lines().map(str::trim).enumerate() {
        if let Some(key) = key(line).filter(|_| !above.starts_with('#')) {
            findings.push(format!("{FILE}:{}: explain `{key}` in a comment above it", index + 1));
        }
        above = line;
    }
    findings
}

/// The key that `line` sets, if it sets one.
fn key(line: &str) -> Option<&str> {
    let key = line.split_once('=')?.0.trim();
    let is_key = |character: char| character.is_ascii_alphanumeric() || "_-.".contains(character);
    (!key.is_empty() && key.chars().all(is_key)).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn an_explained_key_is_fine() {
        let text = "[server]\n# Where to listen.\nlisten = \"127.0.0.1:8080\"\n# Several.\nlist = [\n  \"a=b\",\n]\n";
        assert_eq!(check(&[file(FILE, text)]), Vec::<String>::new());
    }

    #[test]
    fn an_unexplained_key_is_found() {
        let text = "# About the server.\n[server]\nlisten = 1\n";
        assert_eq!(
            check(&[file(FILE, text)]),
            ["config/deskport.toml:3: explain `listen` in a comment above it"]
        );
    }

    #[test]
    fn one_comment_does_not_explain_two_keys() {
        assert_eq!(
            check_text("# Both.\na = 1\nb = 2\n"),
            ["config/deskport.toml:3: explain `b` in a comment above it"]
        );
    }

    #[test]
    fn a_missing_file_is_found() {
        assert_eq!(check(&[]).len(), 1);
    }
}
