//! The faces as a server of their own.

use std::{io, net::TcpListener, num::NonZeroUsize, sync::Arc, time::Duration};

use actix_web::{App, HttpServer, web::Data};
use deskport_application::Helpdesk;
use tracing::debug;

use crate::{HttpOptions, mount, state::State, unknown_paths};

/// actix counts its timeouts from a clock that it reads twice a second: a shorter one may have
/// passed before it begins, and then never ends.
const SHORTEST_TIMEOUT: Duration = Duration::from_secs(1);

/// How connections are handled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerOptions {
    /// How many threads serve requests; nothing said means as many as there are cores.
    pub workers: Option<NonZeroUsize>,
    /// How many connections each of them holds at most; more wait to be accepted.
    pub max_connections_per_worker: usize,
    /// How long a connection stays open without a request.
    pub keep_alive: Duration,
    /// How long the head of a request may take to arrive; slower ones are answered 408. At
    /// least a second.
    pub head_timeout: Duration,
    /// How long a client may take to close its side of a connection, at least a second.
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
/// On Linux, the threads that serve requests take a core from nobody who has one when they wake
/// (`SCHED_BATCH`).
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
    // actix builds the application once in each thread that serves requests.
    let application = move || {
        if let Err(error) = deskport_threads::work_in_batches() {
            debug!(cause = %error, "The scheduler was asked in vain to let a thread work in batches");
        }
        App::new().configure(faces.clone()).service(unknown_paths())
    };
    let http = HttpServer::new(application)
        // Parts of a long answer, and events, would wait for the client's word that it has the part before.
        .tcp_nodelay(true)
        .keep_alive(server.keep_alive)
        .client_request_timeout(server.head_timeout.max(SHORTEST_TIMEOUT))
        .client_disconnect_timeout(server.disconnect_timeout.max(SHORTEST_TIMEOUT))
        .max_connections(server.max_connections_per_worker)
        .shutdown_timeout(server.shutdown_timeout.as_secs())
        .shutdown_signal(shutdown);
    let http = match server.workers {
        Some(workers) => http.workers(workers.get()),
        None => http,
    };
    http.listen(listener)?.run().await
}
