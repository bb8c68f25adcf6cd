//! Finds PostgreSQL's server programs on this machine, or installs them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::cluster::is_root;
use crate::failure::{Failure, Outcome};
use crate::shell;

/// What a throwaway cluster needs.
const PROGRAMS: [&str; 3] = ["initdb", "pg_ctl", "postgres"];

/// Where Debian keeps one directory per major version; their `bin` is not in `PATH`.
const DEBIAN: &str = "/usr/lib/postgresql";

/// Installs the server, but keeps Debian from making and starting a system cluster.
const INSTALL: &str = "
set -e
export DEBIAN_FRONTEND=noninteractive
keep=/etc/postgresql-common/createcluster.d/deskport-xtask.conf
mkdir -p \"${keep%/*}\"
trap 'rm -f \"$keep\"' EXIT
echo 'create_main_cluster = false' > \"$keep\"
apt-get update -qq
apt-get install -y -qq --no-install-recommends postgresql
";

/// What to do where we cannot install anything.
const ADVICE: &str = "PostgreSQL's server programs (initdb, pg_ctl, postgres) are not on this machine. \
Install them (Debian: apt-get install postgresql), or set DESKPORT_TEST_POSTGRES_URL to a server \
on which tests may create databases.";

/// The directory with the server programs, after installing them if need be.
pub(super) fn find_or_install() -> Result<PathBuf, Failure> {
    if let Some(directory) = find() {
        return Ok(directory);
    }
    install()?;
    find().ok_or_else(|| Failure::new(ADVICE))
}

fn find() -> Option<PathBuf> {
    let debian = debian_directories(Path::new(DEBIAN)).into_iter();
    let told = shell::read(Command::new("pg_config").arg("--bindir")).ok();
    let told = told.map(|directory| PathBuf::from(directory.trim()));
    let in_path = shell::find_program("initdb").and_then(|file| file.parent().map(Path::to_path_buf));
    debian.chain(told).chain(in_path).find(|directory| is_complete(directory))
}

fn is_complete(directory: &Path) -> bool {
    PROGRAMS.iter().all(|program| directory.join(program).is_file())
}

/// The `bin` of every version below `parent`, the newest first.
fn debian_directories(parent: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else {
        return Vec::new();
    };
    let mut versions: Vec<(u32, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort();
    versions.into_iter().rev().map(|(_, directory)| directory).collect()
}

fn install() -> Outcome {
    if !shell::has_program("apt-get") {
        return Err(Failure::new(ADVICE));
    }
    let mut command = if is_root()? {
        Command::new("sh")
    } else if shell::read(Command::new("sudo").args(["-n", "true"])).is_ok() {
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", "sh"]);
        sudo
    } else {
        return Err(Failure::new(ADVICE));
    };
    eprintln!("Installing PostgreSQL's server programs …");
    shell::read(command.args(["-c", INSTALL])).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_comes_first() {
        let parent = std::env::temp_dir().join(format!("deskport-versions-{}", std::process::id()));
        for version in ["9", "15", "17", "common"] {
            fs::create_dir_all(parent.join(version).join("bin")).unwrap();
        }
        let found = debian_directories(&parent);
        fs::remove_dir_all(&parent).unwrap();
        let expected: Vec<PathBuf> =
            ["17/bin", "15/bin", "9/bin"].iter().map(|end| parent.join(end)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_directory_without_the_programs_is_not_complete() {
        assert!(!is_complete(Path::new("/nonexistent")));
    }
}
