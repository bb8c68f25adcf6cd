//! The tasks of this workspace: `cargo xtask` lists them, `cargo xtask ci` runs what CI runs.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a task talks to the person who started it"
)]

mod failure;
mod postgres;
mod shell;

use std::env;
use std::process::ExitCode;

use crate::failure::{Failure, Outcome};

/// One thing `cargo xtask NAME` can do.
struct Task {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Outcome,
}

/// Every task; a new one is a line here and a module above.
#[rustfmt::skip]
const TASKS: &[Task] = &[
    Task { name: "postgres", about: "Start a throwaway PostgreSQL; `-- COMMAND…` runs a command with its URL", run: postgres::run },
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
        print_tasks();
        return Ok(());
    };
    if ["help", "-h", "--help"].contains(&name.as_str()) {
        print_tasks();
        return Ok(());
    }
    let Some(task) = TASKS.iter().find(|task| task.name == name) else {
        print_tasks();
        return Err(Failure::new(format!("no task is called `{name}`")));
    };
    (task.run)(rest)
}

fn print_tasks() {
    println!("Usage: cargo xtask TASK [ARGUMENTS]\n");
    for task in TASKS {
        println!("  {:<12}{}", task.name, task.about);
    }
}
