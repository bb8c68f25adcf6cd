//! A client of the event stream on a real connection.

use std::{
    io::{BufRead, BufReader, Lines, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;

use super::support::DESK;
use crate::support::raw::Server;

/// An open event stream.
pub(super) struct Stream {
    pub(super) head: String,
    lines: Lines<BufReader<TcpStream>>,
    /// Whether the server has said that this is all.
    whole: bool,
}

/// What stands between two blank lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// A comment.
    Comment(String),
    /// Where the stream begins.
    Begin(u64),
    /// An event: its position, its kind and its data.
    Event(u64, String, Value),
}

impl Stream {
    /// Asks for the events, and reads the head of the answer.
    pub(super) fn open(server: &Server, token: &str, query: &str, headers: &str) -> Self {
        let mut connection = server.connect();
        connection.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        let request = format!(
            "GET {DESK}/events{query} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n{headers}\r\n"
        );
        connection.write_all(request.as_bytes()).unwrap();
        let mut lines = BufReader::new(connection).lines();
        let head = lines.by_ref().map(Result::unwrap).take_while(|line| !line.is_empty());
        let head = head.collect::<Vec<_>>().join("\n").to_lowercase();
        Self { head, lines, whole: false }
    }

    /// What follows the head, as it is.
    pub(super) fn rest(self) -> String {
        self.lines.map(Result::unwrap).collect::<Vec<_>>().join("\n")
    }

    /// The next block; nothing at the end. Each piece holds whole blocks, so between blocks there may
    /// be the sizes of pieces and blank lines.
    pub(super) fn block(&mut self) -> Option<Block> {
        let mut lines: Vec<String> = Vec::new();
        while let Some(line) = self.lines.next().map(Result::unwrap) {
            match (line.is_empty(), lines.is_empty()) {
                (true, true) => {}
                (true, false) => break,
                (false, true) if u64::from_str_radix(&line, 16).is_ok() => self.whole = line == "0",
                (false, _) => lines.push(line),
            }
        }
        if lines.is_empty() {
            return None;
        }
        let field = |name: &str| lines.iter().find_map(|line| line.strip_prefix(name));
        Some(match (field("id: "), field("event: "), field("data: "), field(": ")) {
            (Some(id), Some(kind), Some(data), None) => {
                Block::Event(id.parse().unwrap(), kind.to_owned(), serde_json::from_str(data).unwrap())
            }
            (Some(id), None, None, None) => Block::Begin(id.parse().unwrap()),
            (None, None, None, Some(comment)) => Block::Comment(comment.to_owned()),
            _ => panic!("{lines:?}"),
        })
    }

    /// The next event, whatever comments come before it.
    pub(super) fn event(&mut self) -> (u64, String, Value) {
        loop {
            if let Block::Event(position, kind, data) = self.block().unwrap() {
                return (position, kind, data);
            }
        }
    }

    /// Where the stream begins, which it says first.
    pub(super) fn begin(&mut self) -> u64 {
        let Some(Block::Begin(position)) = self.block() else { panic!() };
        position
    }

    /// Waits until the server has ended the stream; comments may come before the end.
    pub(super) fn ends(mut self) {
        while let Some(block) = self.block() {
            assert!(matches!(block, Block::Comment(_)), "{block:?}");
        }
        assert!(self.whole);
    }
}
