//! Runs the fuzz target of the HTML rules.

use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::shell;

/// `cargo xtask fuzz SECONDS`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let [seconds] = arguments else { return Err(Failure::new("usage: cargo xtask fuzz SECONDS")) };
    if seconds.parse::<u32>().is_err() {
        return Err(Failure::new(format!("`{seconds}` is not a number of seconds")));
    }
    if !shell::has_program("cargo-fuzz") {
        return Err(Failure::new("cargo-fuzz is missing; `cargo install cargo-fuzz` gets it"));
    }
    let mut command = Command::new("cargo");
    // The code has no unsafe part, so the address sanitizer would only make it slower.
    command.args(["+nightly", "fuzz", "run", "--sanitizer", "none", "html", "corpus", "seeds", "--"]);
    command.args([
        format!("-max_total_time={seconds}").as_str(),
        "-dict=html.dict",
        "-max_len=4096",
        "-timeout=10",
    ]);
    shell::run(command.current_dir(shell::root().join("fuzz")))
}
