//! The signals that ask the server to stop.

use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing::info;

use crate::failure::{Failure, Outcome};

/// Done when the process is asked to stop. Signals count from this call on.
pub(in crate::command) fn stop() -> Outcome<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = listen(SignalKind::terminate())?;
    let mut interrupt = listen(SignalKind::interrupt())?;
    Ok(async move {
        let name = tokio::select! {
            _ = terminate.recv() => "SIGTERM",
            _ = interrupt.recv() => "SIGINT",
        };
        info!(signal = name, "Stopping: requests in work may finish");
    })
}

fn listen(kind: SignalKind) -> Outcome<Signal> {
    signal(kind).map_err(|error| Failure::while_doing("listening to signals", &error))
}
