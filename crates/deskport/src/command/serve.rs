//! `deskport serve`: the server, from its first connection to its last.

mod first_call;
pub(super) mod signals;

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use deskport_application::Helpdesk;
use deskport_domain::Agent;
use tokio::net::TcpSocket;
use tracing::{info, warn};

use crate::compose::{self, Opened, Purpose, Traffic, Webhooks};
use crate::credentials_file::CredentialsFile;
use crate::failure::{Failure, Outcome};
use crate::settings::{DatabaseUrl, Format, Settings};
use crate::{first_start, output};

/// How many connections may wait to be accepted; the kernel may allow fewer.
const BACKLOG: u32 = 4096;

/// How long workers may take to end after the requests in work had their time.
const WORKERS_END: Duration = Duration::from_millis(500);

/// Serves until a signal says to stop.
pub(crate) async fn run(settings: &Settings) -> Outcome {
    let mut stop = Box::pin(signals::stop()?);
    let listener = listen(settings.server.listen)?;
    let address = listener.local_addr().map_err(|error| Failure::while_doing("listening", &error))?;
    let webhooks = Webhooks::new(settings)?;
    // A database that keeps us waiting must not keep us from stopping.
    let opened = tokio::select! {
        opened = compose::open(settings, Purpose::Serving) => opened?,
        () = &mut stop => return Ok(()),
    };
    let credentials = first_start::ensure(&opened.helpdesk, settings).await?;
    warn_without_fin(&opened.helpdesk, settings).await?;
    announce(address, credentials.as_ref(), settings);

    let served = work(listener, &opened, &webhooks, settings, stop).await;
    if settings.database.url == DatabaseUrl::Memory
        && let Some(file) = credentials
    {
        file.remove();
    }
    served?;
    info!("Stopped");
    Ok(())
}

/// Serves, with the workers beside it. Both hear of `stop` at once, and take their time side by side.
pub(super) async fn work(
    listener: TcpListener,
    opened: &Opened,
    webhooks: &Webhooks,
    settings: &Settings,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Outcome {
    let traffic = Traffic::default();
    let workers = compose::workers(opened, webhooks, settings, &traffic);
    let (at_stop, at_end) = (workers.stopper(), workers.stopper());
    let stop = async move {
        stop.await;
        at_stop.stop();
    };
    let serving = async {
        let served = compose::serve(listener, opened, webhooks, settings, traffic, stop).await;
        at_end.stop();
        served
    };
    let patience = settings.server.shutdown_timeout + WORKERS_END;
    tokio::join!(serving, workers.stopped(patience)).0
}

pub(super) fn listen(address: SocketAddr) -> Outcome<TcpListener> {
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
