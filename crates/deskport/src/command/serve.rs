//! `deskport serve`: the server, from its first connection to its last.

mod first_call;
mod signals;

use std::net::{SocketAddr, TcpListener};

use deskport_application::Helpdesk;
use deskport_domain::Agent;
use tokio::net::TcpSocket;
use tracing::{info, warn};

use crate::credentials_file::CredentialsFile;
use crate::failure::{Failure, Outcome};
use crate::settings::{DatabaseUrl, Format, Settings};
use crate::{compose, first_start, output};

/// How many connections may wait to be accepted; the kernel may allow fewer.
const BACKLOG: u32 = 4096;

/// Serves until a signal says to stop.
pub(crate) async fn run(settings: &Settings) -> Outcome {
    let mut stop = Box::pin(signals::stop()?);
    let listener = listen(settings.server.listen)?;
    let address = listener.local_addr().map_err(|error| Failure::while_doing("listening", &error))?;
    // A database that keeps us waiting must not keep us from stopping.
    let helpdesk = tokio::select! {
        helpdesk = compose::open(settings) => helpdesk?,
        () = &mut stop => return Ok(()),
    };
    let credentials = first_start::ensure(&helpdesk, settings).await?;
    warn_without_fin(&helpdesk, settings).await?;
    announce(address, credentials.as_ref(), settings);

    let served = compose::serve(listener, helpdesk, settings, stop).await;
    if settings.database.url == DatabaseUrl::Memory
        && let Some(file) = credentials
    {
        file.remove();
    }
    served?;
    info!("Stopped");
    Ok(())
}

fn listen(address: SocketAddr) -> Outcome<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() };
    let listener = socket.and_then(|socket| {
        // A restart must not wait until the kernel has forgotten the last connections.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)?.into_std()
    });
    listener.map_err(|error| Failure::while_doing(format!("listening on {address}"), &error))
}

/// Warns when messages of Fin could have no author.
async fn warn_without_fin(helpdesk: &Helpdesk, settings: &Settings) -> Outcome {
    let fin = &settings.fin.agent_id;
    let agents = helpdesk.agents.all().await;
    let agents = agents.map_err(|error| Failure::while_doing("reading the agents", &error))?;
    let is_fin = |agent: &Agent| agent.id == *fin && agent.disabled_at.is_none();
    if !agents.iter().any(is_fin) {
        warn!(agent.id = %fin, "No agent stands for Fin; set fin.agent_id to one of `deskport agent list`");
    }
    Ok(())
}

fn announce(address: SocketAddr, credentials: Option<&CredentialsFile>, settings: &Settings) {
    let version = env!("CARGO_PKG_VERSION");
    let store = &settings.database.url;
    info!(server.address = %address, database.url = %store, "deskport {version} listens on http://{address}");
    if let Some(file) = credentials
        && settings.log.format == Format::Human
        && let Err(failure) = output::line(&first_call::hint(address, file.path(), &settings.fin))
    {
        // A server serves without an audience.
        warn!("{failure}");
    }
}
