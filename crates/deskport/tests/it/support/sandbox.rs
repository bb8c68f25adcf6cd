//! A directory of a test's own, the settings in it, and the program run there.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::postgres::Database;
use super::{Receiver, Server};

/// What Fin knows the helpdesk by.
pub(crate) const WEBHOOK_KEY: &str = "the-webhook-key";

/// Which store to run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Store {
    Sqlite,
    Postgres,
    Memory,
}

/// A place to run the program in.
pub(crate) struct Sandbox {
    directory: TempDir,
    variables: Vec<(String, String)>,
    database: Option<Database>,
}

impl Sandbox {
    pub(crate) fn new(store: Store) -> Self {
        let database = (store == Store::Postgres).then(Database::create);
        let mut sandbox = Self { directory: TempDir::new().unwrap(), variables: Vec::new(), database };
        sandbox = sandbox.with("DESKPORT__SERVER__LISTEN", "127.0.0.1:0");
        let url = match (store, &sandbox.database) {
            (Store::Memory, _) => Some("memory:".to_owned()),
            (_, Some(database)) => Some(database.url()),
            _ => None,
        };
        match url {
            Some(url) => sandbox.with("DESKPORT__DATABASE__URL", &url),
            None => sandbox,
        }
    }

    /// The same with one variable more.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same, which tells this receiver in place of Fin.
    pub(crate) fn telling(self, receiver: &Receiver) -> Self {
        self.with("DESKPORT__FIN__WEBHOOK_URL", &receiver.url())
            .with("DESKPORT__FIN__INTEGRATION_ID", "integration_7")
            .with("DESKPORT__FIN__WEBHOOK_KEY", WEBHOOK_KEY)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn credentials_path(&self) -> PathBuf {
        self.path("data/credentials.json")
    }

    /// What the first start wrote.
    pub(crate) fn credentials(&self) -> Value {
        serde_json::from_str(&fs::read_to_string(self.credentials_path()).unwrap()).unwrap()
    }

    /// The PostgreSQL database of this sandbox.
    pub(crate) fn database(&self) -> &Database {
        self.database.as_ref().unwrap()
    }

    /// The program, with nothing in its environment but what the test put there.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_deskport"));
        command.args(arguments).current_dir(self.directory.path()).env_clear();
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Finished {
        self.run_with(arguments, "")
    }

    /// Runs the program to its end, with something to read.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Finished {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let written = stdin.write_all(input.as_bytes());
        drop(stdin);
        let finished = Finished::from(child.wait_with_output().unwrap());
        // Who ends early reads nothing more.
        assert!(written.is_ok() || finished.code != 0);
        finished
    }

    /// Runs the program to its end and expects success; returns what it printed.
    pub(crate) fn print(&self, arguments: &[&str]) -> String {
        let finished = self.run(arguments);
        assert_eq!(finished.code, 0, "{arguments:?}: {}", finished.stderr);
        finished.stdout
    }

    /// Runs the program to its end and reads what it printed as JSON.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.print(arguments)).unwrap()
    }

    /// Starts the server and waits until it listens.
    pub(crate) fn start(&self) -> Server {
        Server::spawn(self.command(&[])).listening()
    }
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Finished {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
