//! The load: wrk, with one thread, and a script for each kind of request.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::measured::Run;
use crate::failure::{Failure, Outcome};
use crate::shell;

/// The longest that filling may take.
const FILL_SECONDS: u32 = 3_600;
const PAUSE: Duration = Duration::from_millis(50);
const ADVICE: &str = "wrk is not on this machine; install it (Debian: apt-get install wrk)";

/// A server under load, and the directory with what the scripts know of it.
#[derive(Debug)]
pub(super) struct Target<'a> {
    pub(super) url: &'a str,
    pub(super) directory: &'a Path,
    /// How many conversations are read and how many are posted to; as many as there are, if nothing
    /// is said.
    pub(super) used: Option<u32>,
}

impl<'a> Target<'a> {
    /// A server of which all is in use.
    pub(super) fn new(url: &'a str, directory: &'a Path) -> Self {
        Self { url, directory, used: None }
    }

    /// Runs one phase.
    pub(super) fn phase(
        &self,
        phase: &str,
        connections: u32,
        seconds: u32,
        run: &str,
    ) -> Result<Run, Failure> {
        let mut wrk = self.wrk("phase.lua", connections, seconds)?;
        if let Some(used) = self.used {
            wrk.env("BENCH_USED", used.to_string());
        }
        let output = shell::read(wrk.env("BENCH_PHASE", phase).env("BENCH_RUN", run))?;
        read(&output)
    }

    /// Makes a user, twice so many conversations, and messages in the first half of them.
    pub(super) fn fill(&self, conversations: u32, messages: u32) -> Outcome {
        let steps = [("user", 1, "user"), ("conversations", 16, "conversations"), ("messages", 16, "last")];
        for (step, connections, made) in steps {
            let mut wrk = self.wrk("fill.lua", connections, FILL_SECONDS)?;
            wrk.env("BENCH_STEP", step).env("BENCH_CONVERSATIONS", conversations.to_string());
            wrk.env("BENCH_MESSAGES", messages.to_string()).env("BENCH_RUN", "fill");
            run_until(&mut wrk, &self.directory.join(made), &self.directory.join("refused"))?;
        }
        Ok(())
    }

    fn wrk(&self, script: &str, connections: u32, seconds: u32) -> Result<Command, Failure> {
        let program = shell::find_program("wrk").ok_or_else(|| Failure::new(ADVICE))?;
        let scripts = shell::root().join("xtask/bench");
        let mut command = Command::new(program);
        command.args(["--threads", "1", "--timeout", "10s", "--connections", &connections.to_string()]);
        command.args(["--duration", &format!("{seconds}s"), "--script"]).arg(scripts.join(script));
        command.arg(self.url).env("BENCH_LUA", &scripts).env("BENCH_DIRECTORY", self.directory);
        Ok(command)
    }
}

/// Runs a program until it has made a file, or noted what was refused. wrk itself would wait until
/// its time is over.
fn run_until(command: &mut Command, made: &Path, refused: &Path) -> Outcome {
    let failed = |error| Failure::io("filling the server", &error);
    let mut process = command.stdout(Stdio::null()).spawn().map_err(failed)?;
    let ended = loop {
        if made.is_file() || refused.is_file() {
            break None;
        }
        if let Some(status) = process.try_wait().map_err(failed)? {
            break Some(status);
        }
        thread::sleep(PAUSE);
    };
    process.kill().and_then(|()| process.wait()).map_err(failed)?;
    if let Ok(why) = fs::read_to_string(refused) {
        return Err(Failure::new(format!("filling the server was refused: {}", why.trim())));
    }
    match ended {
        None => Ok(()),
        Some(status) => Err(Failure::new(format!("filling the server ended early: wrk {status}"))),
    }
}

fn read(output: &str) -> Result<Run, Failure> {
    let unreadable = || Failure::new(format!("wrk did not say what it measured:\n{output}"));
    let line = output.lines().find_map(|line| line.strip_prefix("RESULT ")).ok_or_else(unreadable)?;
    let result: Value = serde_json::from_str(line).map_err(|_| unreadable())?;
    let number = |name: &str| result[name].as_f64().ok_or_else(unreadable);
    Ok(Run {
        per_second: number("per_second")?,
        p50_ms: number("p50_ms")?,
        p99_ms: number("p99_ms")?,
        failed: result["refused"].as_u64().unwrap_or(0) + result["failed"].as_u64().unwrap_or(0),
    })
}
