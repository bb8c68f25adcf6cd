//! A running server; it ends with the test.

use std::io::{BufRead as _, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use super::wait_until;

/// A server process and what it said so far.
pub(crate) struct Server {
    child: Child,
    said: Arc<Mutex<String>>,
    readers: Vec<JoinHandle<()>>,
    address: Option<SocketAddr>,
}

impl Server {
    /// Starts the server, which may not listen yet.
    pub(crate) fn spawn(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let readers = vec![
            collect(child.stdout.take().unwrap(), Arc::clone(&said)),
            collect(child.stderr.take().unwrap(), Arc::clone(&said)),
        ];
        Self { child, said, readers, address: None }
    }

    /// The same once it listens.
    pub(crate) fn listening(mut self) -> Self {
        wait_until("the server listens", || {
            self.address = self.announced_address();
            let ended = self.child.try_wait().unwrap();
            assert!(self.address.is_some() || ended.is_none(), "the server ended: {}", self.said());
            self.address.is_some()
        });
        self
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address.unwrap()
    }

    /// Everything that it wrote to its standard output and error.
    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Asks the server to stop.
    pub(crate) fn terminate(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    }

    /// Waits for the end; returns the exit code and everything that was said.
    pub(crate) fn wait(mut self) -> (Option<i32>, String) {
        let status = self.child.wait().unwrap();
        for reader in self.readers.drain(..) {
            reader.join().unwrap();
        }
        (status.code(), self.said())
    }

    /// Asks the server to stop, and expects it to do so in good order.
    pub(crate) fn stop(self) -> String {
        self.terminate();
        let (code, said) = self.wait();
        assert_eq!(code, Some(0), "{said}");
        said
    }

    /// Ends the server as a power cut would.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn announced_address(&self) -> Option<SocketAddr> {
        let said = self.said();
        let (_, rest) = said.split_once("listens on http://")?;
        let (address, _) = rest.split_once([' ', '"', '\n'])?;
        Some(address.parse().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn collect(from: impl Read + Send + 'static, said: Arc<Mutex<String>>) -> JoinHandle<()> {
    thread::spawn(move || {
        for line in BufReader::new(from).lines() {
            let mut said = said.lock().unwrap();
            said.push_str(&line.unwrap());
            said.push('\n');
        }
    })
}
