//! A reader of the desk's event stream.

use std::io::{self, BufReader};
use std::net::TcpStream;

use serde_json::Value;

use super::Connection;
use super::http::chunk;

/// A stream that is open.
pub(crate) struct Events {
    reader: BufReader<TcpStream>,
    read: String,
}

/// An event as it came.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Event {
    /// What to go on after.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) data: Value,
}

impl Events {
    pub(super) fn open(connection: Connection) -> io::Result<Self> {
        let (head, reader) = connection.into_body()?;
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        Ok(Self { reader, read: String::new() })
    }

    /// The next event, as soon as there is one; an error when the server ends.
    pub(crate) fn next(&mut self) -> io::Result<Event> {
        loop {
            while let Some((block, rest)) = self.read.split_once("\n\n") {
                let event = event(block);
                self.read = rest.to_owned();
                if let Some(event) = event {
                    return Ok(event);
                }
            }
            let more = chunk(&mut self.reader)?.ok_or(io::ErrorKind::UnexpectedEof)?;
            self.read.push_str(&more);
        }
    }
}

/// The event of a block; heartbeats and the beginning have none.
fn event(block: &str) -> Option<Event> {
    let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name));
    let data = serde_json::from_str(field("data: ")?).unwrap();
    let text = |name| field(name).unwrap_or_default().to_owned();
    Some(Event { id: text("id: "), name: text("event: "), data })
}
