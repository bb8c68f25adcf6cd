//! A running `deskport`; it ends with the task.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::failure::{Failure, Outcome};
use crate::shell;

/// The program at work.
pub(crate) struct Program {
    child: Child,
    /// Kept open: a program to whom nobody listens may end.
    output: Option<BufReader<ChildStdout>>,
    /// The address that it told.
    pub(crate) url: String,
}

/// Where the program is once it was built.
pub(crate) fn built() -> PathBuf {
    shell::target().join("debug").join("deskport")
}

impl Program {
    /// Starts the simulator with its chat page.
    pub(crate) fn simulate() -> Result<Self, Failure> {
        Self::start(&["simulate"], &shell::target(), "The chat page: ")
    }

    /// Starts a server on an empty store in `directory`.
    pub(crate) fn serve(directory: &Path) -> Result<Self, Failure> {
        Self::start(&["serve"], directory, "deskport serves Fin at ")
    }

    /// Builds the program, starts it, and waits until it tells its address after `word`.
    fn start(arguments: &[&str], directory: &Path, word: &str) -> Result<Self, Failure> {
        shell::run(&mut shell::cargo("build --package deskport"))?;
        let mut command = Command::new(built());
        command.args(arguments).current_dir(directory).env("DESKPORT__SERVER__LISTEN", "127.0.0.1:0");
        command.env("DESKPORT__LOG__FILTER", "warn");
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| Failure::io("deskport", &error))?;
        let output = child.stdout.take().map(BufReader::new);
        let mut program = Self { child, output, url: String::new() };
        for line in program.output.iter_mut().flat_map(BufRead::lines).map_while(Result::ok) {
            if let Some(url) = line.strip_prefix(word) {
                url.clone_into(&mut program.url);
                return Ok(program);
            }
        }
        Err(Failure::new("`deskport` ended before it told an address"))
    }

    /// Ends the program as Ctrl-C does, and expects it to end well.
    pub(crate) fn stop(mut self) -> Outcome {
        let pid = self.child.id().to_string();
        shell::run(Command::new("kill").args(["-INT", &pid]))?;
        let status = self.child.wait().map_err(|error| Failure::io("deskport", &error))?;
        if status.success() { Ok(()) } else { Err(Failure::new(format!("`deskport` ended with {status}"))) }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // One that has ended already needs nothing more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
