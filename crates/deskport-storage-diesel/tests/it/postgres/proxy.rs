//! Somebody between a store and its server: counts what is asked, and loses answers.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, Result},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf},
};

/// The head of a message: its kind and its length.
const HEAD: usize = 5;
/// Kinds of messages: the end of a question, a question in plain text, and the end of an answer.
const SYNC: u8 = b'S';
const QUERY: u8 = b'Q';
const READY: u8 = b'Z';

/// Passes on what goes to a server and back.
pub(crate) struct Proxy {
    url: String,
    watch: Arc<Watch>,
}

#[derive(Default)]
struct Watch {
    questions: AtomicUsize,
    is_losing: AtomicBool,
}

impl Proxy {
    /// Stands before the database with this address.
    pub(crate) async fn start(url: &str) -> Self {
        let (before, after) = url.split_once('@').unwrap();
        let (server, database) = after.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("{before}@{}/{database}", listener.local_addr().unwrap());
        let (server, watch) = (server.to_owned(), Arc::new(Watch::default()));
        tokio::spawn({
            let watch = Arc::clone(&watch);
            async move {
                while let Ok((client, _)) = listener.accept().await {
                    tokio::spawn(serve(client, server.clone(), Arc::clone(&watch)));
                }
            }
        });
        Self { url, watch }
    }

    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    /// How often the server was asked something since the last call of this.
    pub(crate) fn round_trips(&self) -> usize {
        self.watch.questions.swap(0, Ordering::SeqCst)
    }

    /// The next answer does not come, and its connection ends.
    pub(crate) fn lose_the_next_answer(&self) {
        self.watch.is_losing.store(true, Ordering::SeqCst);
    }
}

/// Serves one connection until one side closes it, or its answer gets lost.
async fn serve(client: TcpStream, server: String, watch: Arc<Watch>) -> Result<()> {
    let server = TcpStream::connect(server).await?;
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::select! {
        outcome = ask(from_client, to_server, &watch) => outcome,
        outcome = answer(from_server, to_client, &watch) => outcome,
    }
}

async fn ask(mut client: OwnedReadHalf, mut server: impl AsyncWrite + Unpin, watch: &Watch) -> Result<()> {
    // The first message has no kind.
    let length = client.read_u32().await?;
    let mut start = vec![0; length as usize - size_of::<u32>()];
    client.read_exact(&mut start).await?;
    server.write_u32(length).await?;
    server.write_all(&start).await?;
    loop {
        let message = message(&mut client).await?;
        if matches!(message[0], SYNC | QUERY) {
            watch.questions.fetch_add(1, Ordering::SeqCst);
        }
        server.write_all(&message).await?;
    }
}

async fn answer(mut server: OwnedReadHalf, mut client: impl AsyncWrite + Unpin, watch: &Watch) -> Result<()> {
    let mut held_back = Vec::new();
    loop {
        let message = message(&mut server).await?;
        let is_ready = message[0] == READY;
        held_back.extend(message);
        if is_ready && watch.is_losing.swap(false, Ordering::SeqCst) {
            return Ok(());
        }
        if is_ready || !watch.is_losing.load(Ordering::SeqCst) {
            client.write_all(&held_back).await?;
            held_back.clear();
        }
    }
}

async fn message(from: &mut (impl AsyncRead + Unpin)) -> Result<Vec<u8>> {
    let mut message = vec![0; HEAD];
    from.read_exact(&mut message).await?;
    let length = u32::from_be_bytes([message[1], message[2], message[3], message[4]]);
    message.resize(1 + length as usize, 0);
    from.read_exact(&mut message[HEAD..]).await?;
    Ok(message)
}
