//! Just enough HTTP/1.1 to be a client that can stop in the middle.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

/// A connection for one request.
pub(crate) struct Connection(TcpStream);

/// Sends a request on a connection of its own.
pub(crate) fn send(to: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut connection = Connection::open(to, method, path, headers, body.len());
    connection.write(body);
    connection.answer()
}

impl Connection {
    /// Sends the head of a request whose body will have this length.
    pub(crate) fn open(
        to: SocketAddr,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        length: usize,
    ) -> Self {
        let stream = TcpStream::connect(to).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        let headers: Vec<String> =
            headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let headers = headers.concat();
        let mut connection = Self(stream);
        connection.write(&format!(
            "{method} {path} HTTP/1.1\r\nHost: {to}\r\nConnection: close\r\n\
             {headers}Content-Length: {length}\r\n\r\n"
        ));
        connection
    }

    /// Sends more.
    pub(crate) fn write(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).unwrap();
    }

    /// Waits until the server says that it reads the body (`Expect: 100-continue`).
    pub(crate) fn wait_for_go_ahead(&mut self) {
        let go_ahead = "HTTP/1.1 100 Continue\r\n\r\n";
        let mut said = vec![0; go_ahead.len()];
        self.0.read_exact(&mut said).unwrap();
        assert_eq!(String::from_utf8(said).unwrap(), go_ahead);
    }

    /// Reads the answer to its end.
    pub(crate) fn answer(self) -> Answer {
        let mut reader = BufReader::new(self.0);
        let head = head(&mut reader);
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
        let body = if chunked { chunks(&mut reader) } else { rest(&mut reader) };
        Answer { status, head, body }
    }
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The body as JSON, if this is the status.
    pub(crate) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        self.json()
    }
}

fn head(reader: &mut impl BufRead) -> String {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(reader.read_line(&mut head).unwrap(), 0, "the connection ended after {head:?}");
    }
    head
}

fn rest(reader: &mut impl BufRead) -> String {
    let mut body = String::new();
    reader.read_to_string(&mut body).unwrap();
    body
}

fn chunks(reader: &mut impl BufRead) -> String {
    let mut body = String::new();
    loop {
        let mut size = String::new();
        reader.read_line(&mut size).unwrap();
        let size = u64::from_str_radix(size.trim(), 16).unwrap();
        let read = reader.take(size).read_to_string(&mut body).unwrap();
        assert_eq!(read as u64, size, "a chunk broke off");
        reader.read_line(&mut String::new()).unwrap();
        if size == 0 {
            return body;
        }
    }
}
