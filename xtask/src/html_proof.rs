//! Runs what proves the HTML rules against other people's parsers: the workspace in `proof/`.

use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::shell;

/// `cargo xtask html-proof`: html5ever reads what was meant, ammonia differs only as explained.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    if !arguments.is_empty() {
        return Err(Failure::new("usage: cargo xtask html-proof"));
    }
    shell::run(&mut shell::cargo("test --release --locked --manifest-path proof/Cargo.toml"))
}

/// A program of that workspace, built with this profile; what is added to it are the program's arguments.
pub(crate) fn program(name: &str, profile: &str) -> Command {
    shell::cargo(&format!(
        "run --quiet --profile {profile} --locked --manifest-path proof/Cargo.toml --bin {name} --"
    ))
}
