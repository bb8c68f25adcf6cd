//! The demo: a server of our own in a place of its own, wired to the simulator, and gone afterwards.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use deskport_conformance::client::Access;
use deskport_conformance::simulate::{DeskAccess, Inbox, SimulateOptions};
use deskport_ports::IdSource as _;
use serde_json::Value;
use tokio::sync::oneshot;
use tracing::warn;

use super::options;
use crate::cli::SimulateArgs;
use crate::command::serve;
use crate::compose::{self, Opened, Purpose, Webhooks};
use crate::failure::{Failure, Outcome};
use crate::first_start;
use crate::settings::Settings;
use crate::system::SystemIds;

/// Any free port of this machine, for nobody else.
const HERE: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// A server that is ready to serve.
pub(super) struct Demo {
    listener: TcpListener,
    opened: Opened,
    webhooks: Webhooks,
    settings: Settings,
    _place: Place,
}

/// A directory that goes when we go.
struct Place(PathBuf);

impl Demo {
    /// Prepares the server, and the simulation that fits it.
    pub(super) async fn prepare(args: &SimulateArgs) -> Outcome<(Self, SimulateOptions)> {
        let place = Place::make()?;
        let inbox =
            Inbox::bind(HERE).map_err(|error| Failure::while_doing("listening for notifications", &error))?;
        let settings = Settings::load(None, &variables(&place.0, &inbox))?;
        let listener = serve::listen(settings.server.listen)?;
        let address = listener.local_addr().map_err(|error| Failure::while_doing("listening", &error))?;
        let webhooks = Webhooks::new(&settings)?;
        let opened = compose::open(&settings, Purpose::Serving).await?;
        let secrets = first_start::ensure(&opened.helpdesk, &settings).await?;
        let secrets = secrets.ok_or_else(|| Failure::new("the demo's store was not empty"))?;
        let options = wire(args, address, &read(secrets.path())?, inbox)?;
        Ok((Self { listener, opened, webhooks, settings, _place: place }, options))
    }

    /// Serves while `play` goes on.
    pub(super) async fn around(self, play: impl Future<Output = Outcome>) -> Outcome {
        let Self { listener, opened, webhooks, settings, .. } = &self;
        let listener = listener.try_clone().map_err(|error| Failure::while_doing("listening", &error))?;
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = async {
            // An end without a word is an end as well.
            let _ = stopped.await;
        };
        let playing = async {
            let played = play.await;
            drop(stop);
            played
        };
        let (served, played) =
            tokio::join!(serve::work(listener, opened, webhooks, settings, stopped), playing);
        played.and(served)
    }
}

fn variables(place: &Path, inbox: &Inbox) -> BTreeMap<String, String> {
    let set = [
        ("SERVER__LISTEN", HERE.to_string()),
        ("SERVER__SHUTDOWN_TIMEOUT_S", "1".to_owned()),
        ("DATABASE__URL", format!("sqlite://{}", place.join("demo.db").display())),
        ("FIN__INTEGRATION_ID", "demo".to_owned()),
        ("FIN__WEBHOOK_KEY", format!("demo-{:032x}", super::key())),
        ("FIN__WEBHOOK_URL", inbox.url()),
        ("FIN__WEBHOOK_DELAY_MS", "50".to_owned()),
    ];
    set.into_iter().map(|(name, value)| (format!("DESKPORT__{name}"), value)).collect()
}

/// The simulation of this server, with the secrets of its first start.
fn wire(args: &SimulateArgs, server: SocketAddr, secrets: &Value, inbox: Inbox) -> Outcome<SimulateOptions> {
    let text = |face: &str, name: &str| secrets[face][name].as_str().unwrap_or_default().to_owned();
    let url = format!("http://{server}/api/fin");
    let access = Access::ClientCredentials {
        token_url: options::on_host(&url, "/oauth/token"),
        client_id: text("fin", "client_id"),
        client_secret: text("fin", "client_secret"),
    };
    let desk = DeskAccess { url: options::on_host(&url, "/api/desk/v1"), token: text("desk", "token") };
    options::base(args, &url, access, Some(desk), Some(inbox))
}

fn read(credentials: &Path) -> Outcome<Value> {
    let text = fs::read_to_string(credentials);
    let text = text.map_err(|error| Failure::while_doing("reading the demo's credentials", &error))?;
    serde_json::from_str(&text)
        .map_err(|error| Failure::while_doing("reading the demo's credentials", &error))
}

impl Place {
    fn make() -> Outcome<Self> {
        let path = std::env::temp_dir().join(format!("deskport-simulate-{:032x}", SystemIds.uuid()));
        let made = DirBuilder::new().mode(0o700).create(&path);
        made.map_err(|error| Failure::while_doing(format!("creating {}", path.display()), &error))?;
        Ok(Self(path))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            warn!(path = %self.0.display(), %error, "The demo's store stays behind");
        }
    }
}
