//! Look-ups by key that are made together: whatever waits when the connection is free becomes one
//! statement, as posts do. Nobody waits for others to come.

#[cfg(test)]
pub(super) mod tests;

use std::{collections::HashMap, hash::Hash, mem, sync::Arc};

use deskport_ports::StoreError;
use diesel_async::AsyncPgConnection;
use tokio::sync::{
    mpsc::{Receiver, Sender, channel, error::TrySendError},
    oneshot,
};

use super::{connect::Connector, line::Line};
use crate::error::{Failure, Trouble};

/// The most look-ups in one statement.
const GROUP: usize = 128;

/// What can be looked up, many at a time.
pub(super) trait Lookup: Send + Sync + 'static {
    type Key: Eq + Hash + Send + Sync;
    type Value: Clone + Send + Sync;

    /// What there is of these, in one statement.
    fn load(
        connection: &AsyncPgConnection,
        keys: Vec<&Self::Key>,
    ) -> impl Future<Output = Result<HashMap<Self::Key, Self::Value>, Failure>> + Send;
}

/// The way in.
#[derive(Debug)]
pub(super) struct Loader<L: Lookup>(Sender<Waiting<L>>);

/// What became of a look-up.
#[derive(Debug)]
pub(super) enum Found<V> {
    /// It was made.
    Known(Option<V>),
    /// The statement failed: whoever asks alone will see why.
    Unknown,
}

#[derive(Debug)]
struct Waiting<L: Lookup> {
    key: L::Key,
    reply: oneshot::Sender<Found<L::Value>>,
}

impl<L: Lookup> Loader<L> {
    /// Ends when this is dropped and all that waits is answered.
    pub(super) fn start(connector: &Arc<Connector>) -> Self {
        let (sender, waiting) = channel(connector.options.queue.max(1));
        connector.runtime.spawn(load_all(Line::new(connector, ""), waiting));
        Self(sender)
    }

    /// Looks for what has this key. The statement begins after the call did.
    pub(super) async fn find(&self, key: L::Key) -> Result<Found<L::Value>, Failure> {
        let (reply, found) = oneshot::channel();
        match self.0.try_send(Waiting { key, reply }) {
            Ok(()) => found.await.map_err(|_| gone()),
            Err(TrySendError::Full(_)) => Err(StoreError::Overloaded.into()),
            Err(TrySendError::Closed(_)) => Err(gone()),
        }
    }
}

fn gone() -> Failure {
    Failure::unavailable(Trouble::Told("nothing is looked up any more".to_owned()))
}

async fn load_all<L: Lookup>(line: Line, mut waiting: Receiver<Waiting<L>>) {
    let mut group = Vec::with_capacity(GROUP);
    while waiting.recv_many(&mut group, GROUP).await > 0 {
        load_group(&line, mem::take(&mut group)).await;
    }
}

async fn load_group<L: Lookup>(line: &Line, group: Vec<Waiting<L>>) {
    let values = match load::<L>(line, &group).await {
        Ok(values) => Some(values),
        Err(failure) => {
            tracing::debug!(?failure, keys = group.len(), "Some look-ups failed together, each goes alone");
            None
        }
    };
    for Waiting { key, reply } in group {
        let found = values.as_ref().map_or(Found::Unknown, |values| Found::Known(values.get(&key).cloned()));
        // Whoever asked may have gone.
        drop(reply.send(found));
    }
}

async fn load<L: Lookup>(line: &Line, group: &[Waiting<L>]) -> Result<HashMap<L::Key, L::Value>, Failure> {
    let connection = line.connection().await?;
    let keys = group.iter().map(|waiting| &waiting.key).collect();
    L::load(&connection, keys).await.inspect_err(|failure| line.note(failure, &connection))
}
