//! Just enough HTTP/1.1 to be a client that can stop in the middle.

use std::io::{self, BufRead, BufReader, Read as _, Write as _};
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
    try_send(to, method, path, headers, body).unwrap()
}

/// The same with a server that may end at any moment.
pub(crate) fn try_send(
    to: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> io::Result<Answer> {
    let mut connection = Connection::try_open(to, method, path, headers, body.len())?;
    connection.0.write_all(body.as_bytes())?;
    connection.try_answer()
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
        Self::try_open(to, method, path, headers, length).unwrap()
    }

    /// The same with a server that may end at any moment.
    pub(crate) fn try_open(
        to: SocketAddr,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        length: usize,
    ) -> io::Result<Self> {
        let mut stream = TcpStream::connect(to)?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        let headers: Vec<String> =
            headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let headers = headers.concat();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {to}\r\nConnection: close\r\n\
             {headers}Content-Length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes())?;
        Ok(Self(stream))
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
        self.try_answer().unwrap()
    }

    /// Reads the head of the answer; what follows is the caller's to read.
    pub(crate) fn into_body(self) -> io::Result<(String, BufReader<TcpStream>)> {
        let mut reader = BufReader::new(self.0);
        Ok((head(&mut reader)?, reader))
    }

    fn try_answer(self) -> io::Result<Answer> {
        let (head, mut reader) = self.into_body()?;
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
        let body = if chunked { chunks(&mut reader)? } else { rest(&mut reader)? };
        Ok(Answer { status, head, body })
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

fn head(reader: &mut impl BufRead) -> io::Result<String> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(head)
}

fn rest(reader: &mut impl BufRead) -> io::Result<String> {
    let mut body = String::new();
    reader.read_to_string(&mut body)?;
    Ok(body)
}

fn chunks(reader: &mut impl BufRead) -> io::Result<String> {
    let mut body = String::new();
    while let Some(text) = chunk(reader)? {
        body.push_str(&text);
    }
    Ok(body)
}

/// The next chunk; `None` after the last one.
pub(super) fn chunk(reader: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut size = String::new();
    reader.read_line(&mut size)?;
    let size = u64::from_str_radix(size.trim(), 16).map_err(|_| io::ErrorKind::UnexpectedEof)?;
    let mut text = String::new();
    if reader.take(size).read_to_string(&mut text)? as u64 != size {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    reader.read_line(&mut String::new())?;
    Ok((size > 0).then_some(text))
}
