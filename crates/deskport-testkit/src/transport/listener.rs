//! A tiny HTTP server on this machine that does what a test says.

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::reply::{Connection, Reply};

/// Listens on a free port of 127.0.0.1, remembers what it hears, and replies as a script says; after
/// the script's end it answers 200. It stops when it is dropped.
///
/// It understands HTTP/1.1 requests whose body has a `content-length`.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// use deskport_testkit::transport::{Listener, Reply};
/// use tokio::io::{AsyncReadExt, AsyncWriteExt};
///
/// let listener = Listener::start([Reply::status(503)]).await;
/// let mut stream = tokio::net::TcpStream::connect(listener.address()).await.unwrap();
/// stream.write_all(b"POST /hook HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}").await.unwrap();
/// let mut answer = [0; 12];
/// stream.read_exact(&mut answer).await.unwrap();
/// assert_eq!(&answer, b"HTTP/1.1 503");
/// assert_eq!(listener.heard()[0].path, "/hook");
/// # });
/// ```
#[derive(Debug)]
pub struct Listener {
    address: SocketAddr,
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Over which connection it came, counted from 1.
    pub connection: usize,
    /// The method.
    pub method: String,
    /// The path, as it was sent.
    pub path: String,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

#[derive(Debug)]
struct Shared {
    replies: Mutex<VecDeque<Reply>>,
    state: watch::Sender<State>,
}

#[derive(Debug, Default)]
struct State {
    heard: Vec<Heard>,
    connections: usize,
    ended: usize,
}

impl Heard {
    /// The value of the header with this name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

impl Listener {
    /// Listens, and replies so, in this order.
    pub async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies = Mutex::new(replies.into_iter().collect());
        let shared = Arc::new(Shared { replies, state: watch::Sender::default() });
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = socket.local_addr().unwrap();
        let serving = tokio::spawn(serve(socket, Arc::clone(&shared)));
        Self { address, shared, serving }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The same, as a base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far.
    pub fn heard(&self) -> Vec<Heard> {
        self.shared.state.borrow().heard.clone()
    }

    /// Waits until it has heard so many requests.
    pub async fn until_heard(&self, count: usize) {
        self.shared.state.subscribe().wait_for(|state| state.heard.len() >= count).await.unwrap();
    }

    /// Waits until so many connections have ended, from either side.
    pub async fn until_ended(&self, count: usize) {
        self.shared.state.subscribe().wait_for(|state| state.ended >= count).await.unwrap();
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(socket: TcpListener, shared: Arc<Shared>) {
    // Dropping the set ends the connections.
    let mut connections = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = socket.accept().await {
        let shared = Arc::clone(&shared);
        let mut number = 0;
        shared.state.send_modify(|state| {
            state.connections += 1;
            number = state.connections;
        });
        connections.spawn(async move {
            // An error is the other side's way to leave.
            let _left = converse(BufReader::new(stream), number, &shared).await;
            shared.state.send_modify(|state| state.ended += 1);
        });
    }
}

async fn converse(mut stream: BufReader<TcpStream>, number: usize, shared: &Shared) -> io::Result<()> {
    while let Some(heard) = hear(&mut stream, number).await? {
        // First: whoever hears of this request may send the next, for which the next reply is meant.
        let reply = shared.replies.lock().unwrap().pop_front().unwrap_or(Reply::status(200));
        shared.state.send_modify(|state| state.heard.push(heard));
        if reply.write(stream.get_mut()).await? == Connection::Done {
            break;
        }
    }
    Ok(())
}

/// Reads one request; `None` if the other side has left.
async fn hear(stream: &mut BufReader<TcpStream>, connection: usize) -> io::Result<Option<Heard>> {
    let first = line(stream).await?;
    let mut words = first.split(' ').map(str::to_owned);
    let (Some(method), Some(path)) = (words.next(), words.next()) else { return Ok(None) };
    let mut heard = Heard { connection, method, path, headers: Vec::new(), body: Vec::new() };
    loop {
        let line = line(stream).await?;
        let Some((name, value)) = line.split_once(':') else { break };
        heard.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = heard.header("content-length").map_or(0, |length| length.parse().unwrap());
    heard.body.resize(length, 0);
    stream.read_exact(&mut heard.body).await?;
    Ok(Some(heard))
}

async fn line(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    Ok(line.trim_end().to_owned())
}
