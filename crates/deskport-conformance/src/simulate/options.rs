//! What a simulation is told.

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use deskport_wire::Variant;

use super::Pace;
use crate::client::{Access, ClientOptions, EndpointFile, Endpoints, EndpointsError, since_epoch};
use crate::run_number::run_number;

/// Nobody in a chat waits longer for an answer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// What a simulation is told.
#[derive(Debug, Clone)]
pub struct SimulateOptions {
    /// How the server is reached, and in which variant.
    pub client: ClientOptions,
    /// The id of the agent that stands for Fin; otherwise the one whose name begins with Fin, or the first.
    pub fin_agent: Option<String>,
    /// How people of the helpdesk reach their own API, which is deskport's.
    pub desk: Option<DeskAccess>,
    /// Where notifications are received. Without it, Fin looks by itself after each act of the helpdesk.
    pub inbox: Option<Inbox>,
    /// How fast Fin's time passes.
    pub pace: Pace,
    /// Where Fin's time begins.
    pub begin: Begin,
    /// Digits with which Fin's own ids begin. No two runs against one server may have the same.
    pub run: String,
}

/// The API for the helpdesk's own people.
#[derive(Clone)]
pub struct DeskAccess {
    /// Its address: `https://helpdesk.example.com/api/desk/v1`.
    pub url: String,
    /// A bearer token for it.
    pub token: String,
}

/// Without the token: options end up in logs.
impl fmt::Debug for DeskAccess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeskAccess").field("url", &self.url).finish_non_exhaustive()
    }
}

/// How notifications are received.
#[derive(Debug, Clone)]
pub struct Inbox {
    /// Where they come in; for one simulation at a time.
    socket: Arc<TcpListener>,
    address: SocketAddr,
    /// How long to wait for a notification that must come.
    pub patience: Duration,
    /// How long Fin waits for more before it looks.
    pub debounce: Duration,
}

impl Inbox {
    /// Takes `address`; port 0 takes any that is free. What comes before the simulation starts waits.
    ///
    /// # Errors
    /// When the address is taken or not this machine's.
    pub fn bind(address: SocketAddr) -> io::Result<Self> {
        let socket = TcpListener::bind(address)?;
        let address = socket.local_addr()?;
        let (patience, debounce) = (Duration::from_secs(15), Duration::from_millis(50));
        Ok(Self { socket: Arc::new(socket), address, patience, debounce })
    }

    /// What the server must call.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(super) fn socket(&self) -> io::Result<TcpListener> {
        self.socket.try_clone()
    }
}

/// Where Fin's time begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// It is ours.
    Now,
    /// So long after 1970; from then on it passes with the steps alone.
    At(Duration),
}

impl SimulateOptions {
    /// A simulation of `variant` at `url`, as fast as it can be.
    ///
    /// # Errors
    /// [`EndpointsError`] when `url` is no address of a server.
    pub fn new(url: &str, variant: Variant, access: Access) -> Result<Self, EndpointsError> {
        let client = ClientOptions {
            variant,
            endpoints: Endpoints::new(url, EndpointFile::default())?,
            access,
            signer: None,
            timeout: TIMEOUT,
            roots: None,
        };
        Ok(Self {
            client,
            fin_agent: None,
            desk: None,
            inbox: None,
            pace: Pace::new(1e6).unwrap_or(Pace::LIFE),
            begin: Begin::At(since_epoch()),
            run: run_number(),
        })
    }
}
