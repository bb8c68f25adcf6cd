//! Runs what proves the HTML rules against other people's parsers: the workspace in `proof/`.

use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::shell;

/// `cargo xtask html-proof`: html5ever reads what was meant, ammonia differs only as explained, memory
/// is bounded. The workspaces `proof` and `fuzz`, which the step `clippy` does not see, have no lints.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    if !arguments.is_empty() {
        return Err(Failure::new("usage: cargo xtask html-proof"));
    }
    lint("proof")?;
    lint("fuzz")?;
    shell::run(&mut shell::cargo("test --release --locked --manifest-path proof/Cargo.toml"))
}

fn lint(workspace: &str) -> Outcome {
    let manifest = format!("--locked --manifest-path {workspace}/Cargo.toml");
    let mut command = shell::cargo(&format!("clippy --all-targets --all-features {manifest} -- -D warnings"));
    // Nothing is linked, so the fuzzer's own library, which takes long to compile, need not be there.
    shell::run(command.env("CUSTOM_LIBFUZZER_PATH", "not-needed/libfuzzer.a"))
}

/// A program of that workspace, built with this profile; what is added to it are the program's arguments.
pub(crate) fn program(name: &str, profile: &str) -> Command {
    shell::cargo(&format!(
        "run --quiet --profile {profile} --locked --manifest-path proof/Cargo.toml --bin {name} --"
    ))
}
