//! Runs the fuzz targets of the HTML rules.

use std::fs;
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::shell;

const USAGE: &str = "usage: cargo xtask fuzz SECONDS [html|html_tree]";

/// Inputs that others have thought of, from the folder `fuzz`: what fuzzing found, and realistic mail.
const SEEDS: [&str; 2] = ["seeds", "../crates/deskport-domain/tests/corpus/mail"];

/// `cargo xtask fuzz SECONDS [html|html_tree]`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let (seconds, target) = parse(arguments)?;
    if !shell::has_program("cargo-fuzz") {
        return Err(Failure::new("cargo-fuzz is missing; `cargo install cargo-fuzz` gets it"));
    }
    let folder = shell::root().join("fuzz");
    // Where a run keeps what it finds interesting.
    let corpus = folder.join("corpus");
    fs::create_dir_all(&corpus).map_err(|error| Failure::io(corpus.display(), &error))?;
    let mut command = Command::new("cargo");
    // The code has no unsafe part, so the address sanitizer would only make it slower.
    command.args(["+nightly", "fuzz", "run", "--sanitizer", "none"]);
    if target == "html_tree" {
        command.args(["--features", "tree"]);
    }
    command.args([target, "corpus"]).args(SEEDS).arg("--");
    command.args([
        format!("-max_total_time={seconds}").as_str(),
        "-dict=html.dict",
        "-max_len=4096",
        "-timeout=10",
    ]);
    shell::run(command.current_dir(folder))
}

/// How long, and which target.
fn parse(arguments: &[String]) -> Result<(u32, &str), Failure> {
    let (seconds, target) = match arguments {
        [seconds] => (seconds, "html"),
        [seconds, target] if ["html", "html_tree"].contains(&target.as_str()) => (seconds, target.as_str()),
        _ => return Err(Failure::new(USAGE)),
    };
    let seconds =
        seconds.parse().map_err(|_| Failure::new(format!("`{seconds}` is not a number of seconds")))?;
    Ok((seconds, target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_targets_can_be_fuzzed_and_nothing_else() {
        let arguments = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(parse(&arguments("60")), Ok((60, "html")));
        assert_eq!(parse(&arguments("60 html_tree")), Ok((60, "html_tree")));
        for wrong in ["", "html", "60 json", "60 html html_tree"] {
            assert!(parse(&arguments(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_seeds_are_there() {
        assert!(SEEDS.iter().all(|folder| shell::root().join("fuzz").join(folder).is_dir()));
    }
}
