//! Measures the HTML rules beside ammonia, `lol_html` and what memory allows.

use crate::failure::{Failure, Outcome};
use crate::{html_proof, shell};

/// `cargo xtask bench html [messages] [hostile]`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    match arguments.split_first() {
        Some((what, parts)) if what == "html" => {
            shell::run(html_proof::program("bench", "measure").args(parts))
        }
        _ => Err(Failure::new("usage: cargo xtask bench html [messages] [hostile]")),
    }
}
