//! Servers to measure: our own on an empty database, and actix alone.

use std::fs;
use std::io::Read as _;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::failure::{Failure, Outcome};
use crate::shell;

/// How often, and with which pauses, a server is asked whether it listens.
const TRIES: u32 = 300;
const PAUSE: Duration = Duration::from_millis(20);

/// The longest that a server gets to come to rest, and how little it then does in a second. Search of
/// some million messages takes minutes.
pub(super) const REST_SECONDS: u32 = 1_800;
const IDLE_TICKS: u64 = 5;

/// A server that ends with this value.
#[derive(Debug)]
pub(super) struct Server {
    process: Child,
    pub(super) url: String,
}

/// A directory that goes with this value.
#[derive(Debug)]
pub(super) struct Place(pub(super) PathBuf);

/// Builds a release binary and tells where it is.
pub(super) fn build(arguments: &str, file: &str) -> Result<PathBuf, Failure> {
    shell::run(&mut shell::cargo(&format!("build --release {arguments}")))?;
    Ok(shell::target().join("release").join(file))
}

impl Server {
    /// Our own, with everything at its default but the place of the data and what `variables` say.
    pub(super) fn start(
        program: &Path,
        database: &str,
        place: &Path,
        variables: &[(String, String)],
    ) -> Result<Self, Failure> {
        let mut command = Command::new(program);
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        command.env("DESKPORT__DATABASE__URL", database);
        command.env("DESKPORT__SERVER__CREDENTIALS_FILE", place.join("credentials.json"));
        command.env("DESKPORT__ACCESS__TOKEN_LIFETIME_S", "86400").current_dir(place);
        Self::spawn(command, "DESKPORT__SERVER__LISTEN", place)
    }

    /// actix that answers without looking.
    pub(super) fn limit(program: &Path, place: &Path) -> Result<Self, Failure> {
        Self::spawn(Command::new(program), "LISTEN", place)
    }

    /// Starts a server on a free port, whose log goes to a file.
    fn spawn(mut command: Command, listen: &str, place: &Path) -> Result<Self, Failure> {
        let failed = |error| Failure::io("starting a server to measure", &error);
        let address = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).map_err(failed)?;
        let log = fs::File::create(place.join("server.log")).map_err(failed)?;
        let command = command.env(listen, address.to_string()).stdin(Stdio::null());
        let process = command.stdout(Stdio::null()).stderr(log).spawn().map_err(failed)?;
        let server = Self { process, url: format!("http://{address}") };
        for _ in 0..TRIES {
            if TcpStream::connect(address).is_ok() {
                return Ok(server);
            }
            thread::sleep(PAUSE);
        }
        let mut told = String::new();
        // What it said is only an explanation.
        let _ = fs::File::open(place.join("server.log")).and_then(|mut log| log.read_to_string(&mut told));
        Err(Failure::new(format!("the server to measure does not listen:\n{told}")))
    }

    /// Waits until its process does nothing any more. At most half an hour.
    pub(super) fn rest(&self) {
        let mut before = self.ticks();
        for _ in 0..REST_SECONDS {
            thread::sleep(Duration::from_secs(1));
            let now = self.ticks();
            if now.saturating_sub(before) < IDLE_TICKS {
                return;
            }
            before = now;
        }
        eprintln!("the server is still busy after {REST_SECONDS} s");
    }

    /// How much processor time it has taken, in hundredths of a second.
    fn ticks(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id())).unwrap_or_default();
        // What stands before the last bracket is the program's name; user and system time are the
        // twelfth and thirteenth after it.
        let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11);
        fields.take(2).filter_map(|field| field.parse::<u64>().ok()).sum()
    }

    /// How much of its memory is in use now, in MiB.
    pub(super) fn resident_mib(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Place {
    /// An empty directory of this name.
    pub(super) fn new(name: &str) -> Result<Self, Failure> {
        let path = std::env::temp_dir().join(format!("deskport-bench-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).map_err(|error| Failure::io(path.display(), &error))?;
        Ok(Self(path))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // What is left is in the directory for temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Writes the token that the load shows: a new one from the server's own command.
pub(super) fn write_token(program: &Path, database: &str, place: &Path) -> Outcome {
    let mut command = Command::new(program);
    command.args(["token", "create", "--role", "fin", "--label", "bench", "--quiet"]);
    let token = shell::read(command.env("DESKPORT__DATABASE__URL", database).current_dir(place))?;
    let file = place.join("token");
    fs::write(&file, token.trim()).map_err(|error| Failure::io(file.display(), &error))
}
