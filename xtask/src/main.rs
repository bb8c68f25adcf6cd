//! The tasks of this workspace: `cargo xtask` lists them, `cargo xtask ci` runs what CI runs.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task talks to the person who started it")]

mod bench;
mod browser;
mod chat_page;
mod ci;
mod failure;
mod fuzz;
mod html_browser;
mod html_proof;
mod layers;
mod postgres;
mod program;
mod screenshots;
mod shell;
mod tidy;
mod tools;

use std::env;
use std::process::ExitCode;

use crate::failure::{Failure, Outcome};

/// One thing `cargo xtask NAME` can do.
struct Task {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Outcome,
}

/// Every task; a new one is a line here and a module above. What CI runs is the table in `ci/steps.rs`.
#[rustfmt::skip]
const TASKS: &[Task] = &[
    Task { name: "bench", about: "Measure: `bench html`, `bench store`, `bench http`; each says more", run: bench::run },
    Task { name: "ci", about: "Run every step below, or `ci STEP…`; `--keep-going` does not stop at a failure", run: ci::run },
    Task { name: "fuzz", about: "Fuzz the HTML rules: `fuzz SECONDS [html|html_tree]`", run: fuzz::run },
    Task { name: "layers", about: "Check which crate may depend on which", run: layers::run },
    Task { name: "postgres", about: "Start a throwaway PostgreSQL; `-- COMMAND…` runs a command with its URL", run: postgres::run },
    Task { name: "screenshots", about: "Make the pictures in docs/images again", run: screenshots::run },
    Task { name: "tidy", about: "Check what no compiler checks; `--bless` records the hashes of new migrations", run: tidy::run },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Outcome {
    let Some((name, rest)) = arguments.split_first() else {
        print_help();
        return Ok(());
    };
    if ["help", "-h", "--help"].contains(&name.as_str()) {
        print_help();
        return Ok(());
    }
    if let Some(task) = TASKS.iter().find(|task| task.name == name) {
        return (task.run)(rest);
    }
    if ci::has_step(name) {
        return ci::run(arguments);
    }
    print_help();
    Err(Failure::new(format!("no task is called `{name}`")))
}

fn print_help() {
    println!("Usage: cargo xtask TASK [ARGUMENTS]\n\nTasks:");
    for task in TASKS {
        println!("  {:<10} {}", task.name, task.about);
    }
    println!("\nSteps of `ci`, each also a task:");
    for (name, about) in ci::steps() {
        println!("  {name:<10} {about}");
    }
}
