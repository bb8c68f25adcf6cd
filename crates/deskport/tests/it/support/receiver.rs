//! A listener that plays Fin's end of the webhooks, or the desk's, well or badly.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use serde_json::Value;

/// Takes calls on a port of its own, for as long as the test runs.
pub(crate) struct Receiver {
    address: SocketAddr,
    shared: Arc<Shared>,
}

/// How a call is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reply {
    /// With this status.
    Status(u16),
    /// With this status and a header.
    With(u16, &'static str),
    /// Not at all, until the other side gives up.
    Hang,
    /// With the beginning of an answer, and then no more.
    BreakOff,
    /// With 200, once the gate is open.
    AtGate,
}

/// A call that was made.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) at: Instant,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

#[derive(Default)]
struct Shared {
    calls: Mutex<Vec<Call>>,
    script: Mutex<VecDeque<Reply>>,
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Receiver {
    /// Answers the first calls as told, and all others with 200.
    pub(crate) fn start(script: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared =
            Arc::new(Shared { script: Mutex::new(script.into_iter().collect()), ..Shared::default() });
        let takes = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&takes);
                // A caller that goes away in the middle is none of the receiver's concern.
                thread::spawn(move || stream.and_then(|stream| shared.serve(stream)).is_ok());
            }
        });
        Self { address, shared }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers the next calls as told.
    pub(crate) fn then(&self, script: impl IntoIterator<Item = Reply>) {
        self.shared.script.lock().unwrap().extend(script);
    }

    /// Answers what waits at the gate, and lets all others pass.
    pub(crate) fn open(&self) {
        *self.shared.is_open.lock().unwrap() = true;
        self.shared.opened.notify_all();
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        self.shared.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The calls about this conversation.
    pub(crate) fn about(&self, conversation: &str) -> Vec<Call> {
        self.calls().into_iter().filter(|call| call.json()["conversation_id"] == conversation).collect()
    }
}

impl Call {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

impl Shared {
    /// Answers the calls of one connection.
    fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        while let Some(call) = read(&mut reader)? {
            self.calls.lock().unwrap().push(call);
            let reply = self.script.lock().unwrap().pop_front().unwrap_or(Reply::Status(200));
            match reply {
                Reply::Status(status) => answer(&mut stream, status, "")?,
                Reply::With(status, header) => answer(&mut stream, status, header)?,
                Reply::AtGate => {
                    let is_open = self.is_open.lock().unwrap();
                    drop(self.opened.wait_while(is_open, |is_open| !*is_open).unwrap());
                    answer(&mut stream, 200, "")?;
                }
                Reply::Hang => return reader.read_to_end(&mut Vec::new()).map(drop),
                Reply::BreakOff => {
                    return stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
                }
            }
        }
        Ok(())
    }
}

fn answer(stream: &mut TcpStream, status: u16, header: &str) -> std::io::Result<()> {
    let end = if header.is_empty() { "" } else { "\r\n" };
    stream.write_all(format!("HTTP/1.1 {status} X\r\n{header}{end}Content-Length: 2\r\n\r\n{{}}").as_bytes())
}

/// The next call; `None` when the caller hangs up.
fn read(reader: &mut BufReader<TcpStream>) -> std::io::Result<Option<Call>> {
    let mut first = String::new();
    if reader.read_line(&mut first)? == 0 {
        return Ok(None);
    }
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.push((name.to_owned(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
    reader.read_exact(&mut body)?;
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let body = String::from_utf8(body).unwrap();
    Ok(Some(Call { at: Instant::now(), path, headers, body }))
}
