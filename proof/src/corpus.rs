//! The corpora of the domain crate's tests.

use std::path::{Path, PathBuf};
use std::{fs, io};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/deskport-domain/tests/corpus").join(name)
}

fn files(name: &str, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder(name))? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == extension) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Realistic mail: name and content.
///
/// # Errors
///
/// If the files cannot be read.
pub fn mail() -> io::Result<Vec<(String, String)>> {
    files("mail", "html")?
        .into_iter()
        .map(|path| Ok((path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), fs::read_to_string(path)?)))
        .collect()
}

/// Hostile inputs: cases of each file, which a line `%%` separates.
///
/// # Errors
///
/// If the files cannot be read.
pub fn hostile() -> io::Result<Vec<String>> {
    let mut cases = Vec::new();
    for path in files("hostile", "txt")? {
        let text = fs::read_to_string(path)?;
        cases.extend(text.split("\n%%\n").map(str::to_owned));
    }
    Ok(cases)
}
