//! The chat page: one plays the end user in a browser, and sees each exchange beside the chat.

mod action;
mod guard;
mod room;
mod server;
mod snapshot;
mod stage;

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use self::room::Room;
use self::stage::Stage;
use super::news::News;
use super::{Begin, SimulateError, SimulateOptions, Simulator};

/// Where the page is.
#[derive(Clone)]
pub struct PageOptions {
    /// Where to listen.
    pub listen: SocketAddr,
    /// What its path begins with: a word that nobody can guess, since whoever knows it can use the page.
    pub key: String,
}

/// Without the key: options end up in logs.
impl std::fmt::Debug for PageOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PageOptions").field("listen", &self.listen).finish_non_exhaustive()
    }
}

/// A page that is there until it is dropped.
#[derive(Debug)]
pub struct Page {
    url: String,
    tasks: [JoinHandle<()>; 2],
}

impl Page {
    /// Starts a simulation around a server, and the page that plays it.
    ///
    /// # Errors
    /// [`SimulateError`] when nothing can be called or listened to, or no agent stands for Fin.
    pub async fn open(options: SimulateOptions, page: PageOptions) -> Result<Self, SimulateError> {
        let stage = Arc::new(Stage::default());
        let server = options.client.endpoints.base().to_string();
        let variant = options.client.variant;
        let options = SimulateOptions { begin: Begin::Now, ..options };
        let mut simulator = Simulator::start(options, stage.clone()).await?;
        simulator.is_live = true;
        let news = simulator.news.as_ref().map(News::follow);
        let listener = TcpListener::bind(page.listen).await?;
        let url = format!("http://{}/{}/", listener.local_addr()?, page.key);
        let room = Arc::new(Room::new(simulator, stage, &server, variant));
        room.enter().await;
        let listens = room.clone();
        let tasks = [
            tokio::spawn(async move { listens.listen(news).await }),
            tokio::spawn(server::accept(listener, room, page.key)),
        ];
        Ok(Self { url, tasks })
    }

    /// The page's address.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}
