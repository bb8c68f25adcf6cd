//! Measures the HTML rules beside ammonia, `lol_html` and what memory allows.

use crate::failure::Outcome;
use crate::{html_proof, shell};

/// `cargo xtask bench html [messages] [hostile]`.
pub(super) fn run(parts: &[String]) -> Outcome {
    shell::run(html_proof::program("bench", "measure").args(parts))
}
