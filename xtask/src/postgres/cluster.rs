//! A throwaway cluster: made in a temporary directory, gone when its owner is gone.

use std::env;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read as _;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::failure::{Failure, Outcome};
use crate::shell;

/// Server settings of every cluster.
const SETTINGS: &[&str] = &["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300"];

/// For tests: they ask how the store behaves, not whether the disk keeps its word, so nothing waits
/// for the disk.
pub(super) const FAST: &[&str] = &["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/// For measuring: everything as PostgreSQL comes.
pub(super) const DURABLE: &[&str] = &[];

/// Another program may take a free port between our look and the server's start.
const ATTEMPTS: usize = 5;

/// Outlives us: standard input ends when we end, however that happens, kill -9 included.
const KEEPER: &str =
    "cat >/dev/null; \"$1/pg_ctl\" -D \"$2/data\" -m immediate -w stop >/dev/null 2>&1; rm -rf \"$2\"";

/// A running cluster.
#[derive(Debug)]
pub(crate) struct Cluster {
    url: String,
    keeper: Child,
}

impl Cluster {
    /// Makes and starts a cluster with the server programs in `programs`.
    pub(super) fn start(programs: &Path, settings: &[&str]) -> Result<Self, Failure> {
        let place = Place::create(programs)?;
        let keeper = place.keeper()?;
        let mut cluster = Self { url: String::new(), keeper };
        let password = random_hex()?;
        place.initialize(&password)?;
        let port = place.serve(settings)?;
        cluster.url = format!("postgres://postgres:{password}@127.0.0.1:{port}/postgres");
        Ok(cluster)
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("The throwaway PostgreSQL may still run: {error}");
        }
    }
}

/// Where a cluster lives and who runs it.
struct Place {
    programs: PathBuf,
    directory: PathBuf,
    /// User and group ids when we are root: the server refuses to run as root.
    owner: Option<(u32, u32)>,
}

impl Place {
    fn create(programs: &Path) -> Result<Self, Failure> {
        let directory = env::temp_dir().join(format!("deskport-postgres-{}", random_hex()?));
        let owner = if is_root()? { Some(other_user()?) } else { None };
        fs::create_dir(&directory)
            .and_then(|()| fs::set_permissions(&directory, fs::Permissions::from_mode(0o700)))
            .and_then(|()| owner.map_or(Ok(()), |(user, group)| chown(&directory, Some(user), Some(group))))
            .map_err(|error| Failure::io(directory.display(), &error))?;
        Ok(Self { programs: programs.to_path_buf(), directory, owner })
    }

    /// A command as the cluster's owner, in its directory.
    fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.current_dir(&self.directory);
        if let Some((user, group)) = self.owner {
            command.uid(user).gid(group);
        }
        command
    }

    /// Stops the server and removes the directory once we are gone; Ctrl-C does not reach it.
    fn keeper(&self) -> Result<Child, Failure> {
        self.command("/bin/sh")
            .args(["-c", KEEPER, "keeper"])
            .args([&self.programs, &self.directory])
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| Failure::io("starting the keeper of PostgreSQL", &error))
    }

    fn initialize(&self, password: &str) -> Outcome {
        let file = self.directory.join("password");
        fs::write(&file, password)
            .and_then(|()| self.owner.map_or(Ok(()), |(user, group)| chown(&file, Some(user), Some(group))))
            .map_err(|error| Failure::io(file.display(), &error))?;
        let mut command = self.command(self.programs.join("initdb"));
        command.args(["--pgdata=data", "--username=postgres", "--pwfile=password", "--auth=password"]);
        command.args(["--encoding=UTF8", "--locale=C", "--no-sync"]);
        shell::read(&mut command).map(drop)
    }

    /// Starts the server and returns its port.
    fn serve(&self, settings: &[&str]) -> Result<u16, Failure> {
        let mut last = Failure::new("PostgreSQL was not started");
        for _ in 0..ATTEMPTS {
            let port = free_port()?;
            let options = SETTINGS
                .iter()
                .chain(settings)
                .fold(format!("-p {port}"), |all, setting| format!("{all} -c {setting}"));
            let mut command = self.command(self.programs.join("pg_ctl"));
            command.args(["-D", "data", "-l", "log", "-w", "-t", "60", "-o", &options, "start"]);
            // The server keeps our output open if it gets it, and whoever reads that waits for ever.
            match shell::read(command.stdout(Stdio::null()).stderr(Stdio::null())) {
                Ok(_) => return Ok(port),
                Err(failure) => last = failure,
            }
        }
        let log = fs::read_to_string(self.directory.join("log")).unwrap_or_default();
        Err(Failure::new(format!("{last}\n{}", log.trim_end())))
    }
}

/// Whether we run as root.
pub(super) fn is_root() -> Result<bool, Failure> {
    let number = shell::read(Command::new("id").arg("-u"))?;
    Ok(number.trim() == "0")
}

/// The first user of `postgres` and `nobody` that exists, with the group.
fn other_user() -> Result<(u32, u32), Failure> {
    let file = "/etc/passwd";
    let users = fs::read_to_string(file).map_err(|error| Failure::io(file, &error))?;
    ["postgres", "nobody"].iter().find_map(|name| ids_of(&users, name)).ok_or_else(|| {
        Failure::new("PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody`")
    })
}

/// The user and group ids of `name` in the text of a passwd file.
fn ids_of(users: &str, name: &str) -> Option<(u32, u32)> {
    let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

fn free_port() -> Result<u16, Failure> {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| Failure::io("looking for a free port", &error))
}

/// Sixteen bytes that nobody guesses: the password keeps other users of this machine out of the server.
fn random_hex() -> Result<String, Failure> {
    let mut bytes = [0_u8; 16];
    File::open("/dev/urandom")
        .and_then(|mut file| file.read_exact(&mut bytes))
        .map_err(|error| Failure::io("/dev/urandom", &error))?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_its_whole_name() {
        let users = "postgresql:x:1:2::/:/bin/sh\npostgres:x:101:104:Administrator,,,:/var:/bin/bash\n";
        assert_eq!(ids_of(users, "postgres"), Some((101, 104)));
        assert_eq!(ids_of(users, "nobody"), None);
    }

    #[test]
    fn two_passwords_differ() {
        let (one, other) = (random_hex().unwrap(), random_hex().unwrap());
        assert_eq!(one.len(), 32);
        assert_ne!(one, other);
    }
}
