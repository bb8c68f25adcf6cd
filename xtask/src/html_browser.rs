//! Puts every output of the HTML corpora into a real browser.

use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::html_proof;
use crate::shell;

/// `cargo xtask html-browser`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    if !arguments.is_empty() {
        return Err(Failure::new("usage: cargo xtask html-browser"));
    }
    let browser = browser()?;
    let folder = shell::root().join("target").join("html-browser");
    shell::run(html_proof::program("browser", "release").arg(browser).arg(folder))
}

/// Chromium, which is installed where that can be done.
fn browser() -> Result<std::path::PathBuf, Failure> {
    if find().is_none() && shell::has_program("apt-get") {
        shell::run(Command::new("apt-get").args([
            "install",
            "--yes",
            "--no-install-recommends",
            "chromium",
        ]))?;
    }
    find().ok_or_else(|| Failure::new("no Chromium in PATH; install the package `chromium`"))
}

fn find() -> Option<std::path::PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(shell::find_program)
}
