//! Checks what no compiler checks: the shape of files, of migrations, of settings and of the contract's page.

mod contract;
mod links;
mod migrations;
mod settings;
mod sources;
mod words;

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::shell;

/// A file of the repository: its path from the root, with `/`, and its text.
#[derive(Debug)]
struct SourceFile {
    path: String,
    text: String,
}

impl SourceFile {
    /// Whether the file's name ends in `.` and `extension`.
    fn is(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == extension)
    }
}

/// Reads all files and says what is wrong with those it knows about, one finding a line.
type Check = fn(&[SourceFile]) -> Vec<String>;

/// Every check; a new one is a line here and a module above.
const CHECKS: &[Check] =
    &[sources::check, words::check, links::check, migrations::check, settings::check, contract::check];

/// `cargo xtask tidy [--bless]`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let files = files()?;
    match arguments {
        [] => {}
        [option] if option == "--bless" => migrations::bless(&files)?,
        _ => return Err(Failure::new("usage: cargo xtask tidy [--bless]")),
    }
    // Read again: blessing writes a file.
    let files = self::files()?;
    let findings: Vec<String> = CHECKS.iter().flat_map(|check| check(&files)).collect();
    Failure::unless_empty("not tidy", &findings)?;
    println!("{} files are tidy", files.len());
    Ok(())
}

/// Every text file that git tracks, and every new one that it does not ignore.
fn files() -> Result<Vec<SourceFile>, Failure> {
    let root = shell::root();
    let mut command = Command::new("git");
    command.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(&root);
    let mut paths: Vec<String> =
        shell::read(&mut command)?.split_terminator('\0').map(str::to_owned).collect();
    paths.sort();
    paths.dedup();
    Ok(paths.into_iter().filter_map(|path| read(&root, path)).collect())
}

/// A picture is a file without text, to which a page may link; a deleted file is none.
fn read(root: &Path, path: String) -> Option<SourceFile> {
    let bytes = fs::read(root.join(&path)).ok()?;
    Some(SourceFile { path, text: String::from_utf8(bytes).unwrap_or_default() })
}

/// The file with this path, if it is there.
fn find<'a>(files: &'a [SourceFile], path: &str) -> Option<&'a SourceFile> {
    files.iter().find(|file| file.path == path)
}

#[cfg(test)]
fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned() }
}
