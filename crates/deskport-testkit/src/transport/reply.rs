//! What a listener does with a request.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a listener does with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Answers with this status and these headers.
    Answer(u16, Vec<(&'static str, String)>),
    /// Answers with this status and a body without end.
    Endless(u16),
    /// Begins an answer and a header without end.
    EndlessHead,
    /// Answers nothing and stays.
    Silence,
    /// Answers with this status, begins a body, and stays.
    Half(u16),
    /// Answers with this status, begins a body, and resets the connection.
    Reset(u16),
    /// Answers with this status, begins a body, and closes the connection.
    Cut(u16),
    /// Closes the connection without an answer.
    Close,
    /// Answers what is not HTTP, and closes.
    Noise,
}

/// What becomes of a connection after a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Connection {
    /// The next request may come.
    Open,
    /// Nobody will use it again; it is closed when it is dropped.
    Done,
}

impl Reply {
    /// Answers with this status.
    pub fn status(status: u16) -> Self {
        Self::Answer(status, Vec::new())
    }

    /// Answers with this status and this header.
    pub fn with_header(status: u16, name: &'static str, value: impl Into<String>) -> Self {
        Self::Answer(status, vec![(name, value.into())])
    }

    /// Replies. Ends when the reply is out; where it has no end, when the other side has left.
    pub(super) async fn write(&self, stream: &mut TcpStream) -> io::Result<Connection> {
        match self {
            Self::Answer(status, headers) => {
                stream.write_all(answer(*status, headers).as_bytes()).await?;
                return Ok(Connection::Open);
            }
            Self::Endless(status) => {
                let head = format!("HTTP/1.1 {status} Status\r\ntransfer-encoding: chunked\r\n\r\n");
                stream.write_all(head.as_bytes()).await?;
                flood(stream, format!("400\r\n{:1024}\r\n", "").as_bytes()).await?;
            }
            Self::EndlessHead => {
                stream.write_all(b"HTTP/1.1 200 Status\r\nfiller: ").await?;
                flood(stream, &[b'a'; 1024]).await?;
            }
            Self::Silence => until_left(stream).await?,
            Self::Half(status) => {
                stream.write_all(half(*status).as_bytes()).await?;
                until_left(stream).await?;
            }
            Self::Reset(status) => {
                stream.write_all(half(*status).as_bytes()).await?;
                stream.set_zero_linger()?;
            }
            Self::Cut(status) => stream.write_all(half(*status).as_bytes()).await?,
            Self::Close => {}
            Self::Noise => stream.write_all(b"220 mail.example.com ESMTP\r\n").await?,
        }
        Ok(Connection::Done)
    }
}

/// A whole answer; the statuses without a body have none.
fn answer(status: u16, headers: &[(&'static str, String)]) -> String {
    let mut answer = format!("HTTP/1.1 {status} Status\r\n");
    for (name, value) in headers {
        answer.extend([name, ": ", value.as_str(), "\r\n"]);
    }
    answer + if matches!(status, 204 | 304) { "\r\n" } else { "content-length: 2\r\n\r\nok" }
}

/// An answer that promises more than there is.
fn half(status: u16) -> String {
    format!("HTTP/1.1 {status} Status\r\ncontent-length: 100\r\n\r\nthe first half")
}

/// Writes the same again and again; returns an error when the other side has left.
async fn flood(stream: &mut TcpStream, again: &[u8]) -> io::Result<()> {
    loop {
        stream.write_all(again).await?;
    }
}

async fn until_left(stream: &mut TcpStream) -> io::Result<()> {
    while stream.read(&mut [0; 64]).await? > 0 {}
    Ok(())
}
