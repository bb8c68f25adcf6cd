//! Runs other programs and finds the workspace they run in.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome};

/// The workspace's root directory.
pub(crate) fn root() -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.parent().map_or_else(|| manifest.clone(), Path::to_path_buf)
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The cargo that started us, in the workspace's root; `arguments` stand between spaces.
pub(crate) fn cargo(arguments: &str) -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments.split(' ')).current_dir(root());
    command
}

/// Shows and runs `command`, with our output; a non-zero exit is a failure.
pub(crate) fn run(command: &mut Command) -> Outcome {
    eprintln!("$ {}", describe(command));
    let status =
        command.stdin(Stdio::null()).status().map_err(|error| Failure::io(describe(command), &error))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("{} ended with {status}", describe(command))))
}

/// Runs `command` and returns what it wrote to its standard output.
pub(crate) fn read(command: &mut Command) -> Result<String, Failure> {
    let output =
        command.stdin(Stdio::null()).output().map_err(|error| Failure::io(describe(command), &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!("{} ended with {}\n{}", describe(command), output.status, errors.trim_end())))
}

/// Whether a program of this name can be started.
pub(crate) fn has_program(name: &str) -> bool {
    find_program(name).is_some()
}

/// The first file of this name in `PATH`.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|directory| directory.join(name)).find(|file| file.is_file())
}

/// The command as a person would type it, with the program's name for its path.
fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy());
    std::iter::once(name).chain(arguments).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_command_says_which_one_it_was() {
        let failure = run(Command::new("/bin/sh").args(["-c", "exit 3"])).unwrap_err();
        assert_eq!(failure.to_string(), "sh -c exit 3 ended with exit status: 3");
    }

    #[test]
    fn output_is_read() {
        assert_eq!(read(Command::new("sh").args(["-c", "echo hello"])), Ok("hello\n".to_owned()));
    }

    #[test]
    fn the_root_holds_the_workspace_manifest() {
        assert!(root().join("xtask/Cargo.toml").is_file());
    }
}
