//! A server of its own on a real socket, and a client that sends what it likes.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    thread::{self, JoinHandle},
};

use actix_web::rt::System;
use deskport_application::Helpdesk;
use deskport_http_actix::{HttpOptions, ServerOptions, serve};
use tokio::sync::oneshot;

/// A running server.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<io::Result<()>>,
}

impl Server {
    pub(crate) fn start(helpdesk: &Helpdesk, options: HttpOptions, server: ServerOptions) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let helpdesk = helpdesk.clone();
        let server = ServerOptions { workers: Some(1.try_into().unwrap()), ..server };
        let thread = thread::spawn(move || {
            let stopped = async { stopped.await.unwrap_or_default() };
            System::new().block_on(serve(listener, helpdesk, options, &server, stopped))
        });
        Self { address, stop, thread }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).unwrap()
    }

    /// Sends all of `request` on a connection of its own and reads until the server closes it.
    pub(crate) fn exchange(&self, request: impl AsRef<[u8]>) -> String {
        let mut connection = self.connect();
        connection.write_all(request.as_ref()).unwrap();
        read_all(connection)
    }

    /// Says to stop, without waiting for it.
    pub(crate) fn stop(self) -> JoinHandle<io::Result<()>> {
        self.stop.send(()).unwrap();
        self.thread
    }
}

/// Everything until the server closes the connection.
pub(crate) fn read_all(mut connection: TcpStream) -> String {
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).unwrap();
    String::from_utf8(answer).unwrap()
}

/// One answer with a body of a known length; the connection stays open.
pub(crate) fn read_one(connection: &mut TcpStream) -> String {
    let mut answer = String::new();
    let mut byte = [0];
    while !answer.ends_with("\r\n\r\n") {
        connection.read_exact(&mut byte).unwrap();
        answer.push(char::from(byte[0]));
    }
    let length = answer.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    let mut body = vec![0; length.parse().unwrap()];
    connection.read_exact(&mut body).unwrap();
    answer + std::str::from_utf8(&body).unwrap()
}

/// Tells the server that nothing more will come.
pub(crate) fn hang_up(connection: &TcpStream) {
    connection.shutdown(Shutdown::Write).unwrap();
}
