//! Puts every output of the HTML corpora into a real browser.

use crate::failure::{Failure, Outcome};
use crate::shell;
use crate::{browser, html_proof};

/// `cargo xtask html-browser`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    if !arguments.is_empty() {
        return Err(Failure::new("usage: cargo xtask html-browser"));
    }
    let browser = browser::program()?;
    let folder = shell::root().join("target").join("html-browser");
    shell::run(html_proof::program("browser", "release").arg(browser).arg(folder))
}
