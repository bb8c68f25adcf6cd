//! The faces as a server of their own.

use std::{io, net::TcpListener, num::NonZeroUsize, sync::Arc, time::Duration};

use actix_web::{App, HttpServer, web::Data};
use deskport_application::Helpdesk;

use crate::{HttpOptions, mount, state::State, unknown_paths};

/// How connections are handled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerOptions {
    /// How many threads serve requests; nothing said means as many as there are cores.
    pub workers: Option<NonZeroUsize>,
    /// How many connections each of them holds at most; more wait to be accepted.
    pub max_connections_per_worker: usize,
    /// How long a connection stays open without a request.
    pub keep_alive: Duration,
    /// How long the head of a request may take to arrive; slower ones are answered 408.
    pub head_timeout: Duration,
    /// How long a client may take to close its side of a connection.
    pub disconnect_timeout: Duration,
    /// How long requests may go on after the signal to stop, in whole seconds.
    pub shutdown_timeout: Duration,
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self {
            workers: None,
            max_connections_per_worker: 25_000,
            keep_alive: Duration::from_secs(75),
            head_timeout: Duration::from_secs(10),
            disconnect_timeout: Duration::from_secs(2),
            shutdown_timeout: Duration::from_secs(8),
        }
    }
}

/// Serves the faces until `shutdown` is done; then accepts nothing new, lets requests finish for
/// as long as [`ServerOptions::shutdown_timeout`] allows, and returns. Event
/// streams end at once. Signals are the caller's.
///
/// # Errors
/// Those of setting up the listener and the threads.
pub async fn serve(
    listener: TcpListener,
    helpdesk: Helpdesk,
    options: HttpOptions,
    server: &ServerOptions,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let state = Data::new(State::new(helpdesk, options));
    let (faces, streams) = (mount(state.clone()), Arc::clone(&state.streams));
    let shutdown = async move {
        shutdown.await;
        streams.close();
    };
    let http = HttpServer::new(move || App::new().configure(faces.clone()).service(unknown_paths()))
        .keep_alive(server.keep_alive)
        .client_request_timeout(server.head_timeout)
        .client_disconnect_timeout(server.disconnect_timeout)
        .max_connections(server.max_connections_per_worker)
        .shutdown_timeout(server.shutdown_timeout.as_secs())
        .shutdown_signal(shutdown);
    let http = match server.workers {
        Some(workers) => http.workers(workers.get()),
        None => http,
    };
    http.listen(listener)?.run().await
}
