//! Plain posts, written together: whatever waits when a lane is free becomes one statement.
//!
//! Nobody waits for others to come. A group stores what is new beyond doubt; everything else, and
//! every group that fails, goes the way of all other changes, each alone. So a bad post does its
//! neighbors no harm, and this need not know why it is bad.

mod statement;
#[cfg(test)]
pub(super) mod tests;

use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasher, RandomState},
    mem,
    num::NonZero,
    sync::Arc,
    thread,
};

use deskport_domain::{Author, AuthoredMessage};
use deskport_ports::{ChangeSet, Committed, Effect, StoreError, Stored};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use tokio::sync::{
    mpsc::{Receiver, Sender, channel, error::TrySendError},
    oneshot,
};

use self::statement::StorePosts;
use super::{connect::Connector, line::Line, people};
use crate::{
    error::{Failure, Trouble},
    row::post::PostRow,
};

/// How many groups may be on their way at once, on a machine that has something to do for so many.
/// Those of one conversation share a lane. The more lanes, the smaller the groups.
const MOST_LANES: usize = 2;

/// The most posts in one group.
const GROUP: usize = 128;

/// A group that meets a lock which lasts for more milliseconds steps aside: those who have nothing
/// to do with it shall not wait for its end.
const PATIENCE: &str = "SET lock_timeout = 50;";

/// Longer bodies go alone: they would hold up their group.
const LONGEST_BODY: usize = 16 * 1024;

/// The ways in.
#[derive(Debug)]
pub(super) struct Posts {
    lanes: Vec<Sender<Post>>,
    hasher: RandomState,
}

/// What became of a post.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It is stored.
    Stored(Box<Committed>),
    /// Nothing was done: the change needs a transaction of its own.
    Alone(Box<ChangeSet>),
}

/// A post that waits, and the way back for its outcome.
#[derive(Debug)]
struct Post {
    row: PostRow,
    reply: oneshot::Sender<Outcome>,
}

impl Posts {
    /// Opens the lanes. They end when this is dropped and all that they took on is done.
    pub(super) fn start(connector: &Arc<Connector>) -> Self {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let count = (cores / 2).clamp(1, MOST_LANES);
        let queue = connector.options.queue.div_ceil(count).max(1);
        let lanes = (0..count).map(|_| {
            let (lane, waiting) = channel(queue);
            connector.runtime.spawn(write_all(Line::new(connector, PATIENCE), waiting));
            lane
        });
        Self { lanes: lanes.collect(), hasher: RandomState::new() }
    }

    /// Stores the message of a change that is a plain post. Whoever stops waiting does not stop it.
    pub(super) async fn store(&self, changes: ChangeSet) -> Result<Outcome, Failure> {
        let (reply, outcome) = oneshot::channel();
        let post = match Post::plain(changes, reply) {
            Ok(post) => post,
            Err(changes) => return Ok(Outcome::Alone(changes)),
        };
        match self.lane(&post.row.conversation_id).try_send(post) {
            Ok(()) => outcome.await.map_err(|_| gone()),
            Err(TrySendError::Full(_)) => Err(StoreError::Overloaded.into()),
            Err(TrySendError::Closed(_)) => Err(gone()),
        }
    }

    fn lane(&self, conversation: &[u8]) -> &Sender<Post> {
        let lane = self.hasher.hash_one(conversation) % self.lanes.len() as u64;
        &self.lanes[usize::try_from(lane).unwrap_or(0)]
    }
}

impl Post {
    /// The post that a change is, if it is short and nothing but a post.
    fn plain(changes: ChangeSet, reply: oneshot::Sender<Outcome>) -> Result<Self, Box<ChangeSet>> {
        match PostRow::plain(changes) {
            Ok(row) if row.body().is_none_or(|body| body.len() <= LONGEST_BODY) => Ok(Self { row, reply }),
            Ok(long) => Err(Box::new(long.into_changes())),
            Err(other) => Err(other),
        }
    }

    /// Answers that the message of this author is stored, or that nothing was done. Whoever asked
    /// may have gone.
    fn answer(self, author: Option<Author>) {
        let outcome = match author {
            Some(author) => {
                let value = AuthoredMessage { message: self.row.into_message(), author };
                let message = Some(Stored { value, effect: Effect::Created });
                Outcome::Stored(Box::new(Committed { message, ..Committed::default() }))
            }
            None => Outcome::Alone(Box::new(self.row.into_changes())),
        };
        drop(self.reply.send(outcome));
    }
}

fn gone() -> Failure {
    Failure::unavailable(Trouble::Told("posts are no longer written".to_owned()))
}

async fn write_all(line: Line, mut waiting: Receiver<Post>) {
    let mut posts = Vec::new();
    while waiting.recv_many(&mut posts, GROUP).await > 0 {
        write_group(&line, mem::take(&mut posts)).await;
    }
}

async fn write_group(line: &Line, posts: Vec<Post>) {
    let (group, repeats) = in_order(posts);
    let mut authors = match store(line, &group).await {
        Ok(authors) => authors,
        Err(failure) => {
            tracing::debug!(?failure, posts = group.len(), "Some posts failed together, each goes alone");
            HashMap::new()
        }
    };
    for (number, post) in (1..).zip(group) {
        post.answer(authors.remove(&number));
    }
    for post in repeats {
        post.answer(None);
    }
}

/// The posts in the order of their conversations, so that no two groups wait for each other; and
/// apart those whose message comes a second time.
fn in_order(mut posts: Vec<Post>) -> (Vec<Post>, Vec<Post>) {
    let mut seen = HashSet::with_capacity(posts.len());
    posts.sort_by(|one, other| one.row.conversation_id.cmp(&other.row.conversation_id));
    posts.into_iter().partition(|Post { row, .. }| seen.insert((row.conversation_id.clone(), row.id.clone())))
}

/// The authors of the messages that were stored, by their numbers in the group.
///
/// When the connection is lost, nobody knows whether they were. That does no harm: to store a
/// message again changes nothing.
async fn store(line: &Line, group: &[Post]) -> Result<HashMap<i64, Author>, Failure> {
    let connection = line.connection().await?;
    let rows = load(&connection, group).await.inspect_err(|failure| line.note(failure, &connection))?;
    let mut authors = HashMap::with_capacity(rows.len());
    for (number, user, agent) in rows {
        if let Some(author) = people::author(user, agent)? {
            authors.insert(number, author);
        }
    }
    Ok(authors)
}

async fn load(mut connection: &AsyncPgConnection, group: &[Post]) -> Result<Vec<statement::Stored>, Failure> {
    Ok(group.iter().collect::<StorePosts<'_>>().load(&mut connection).await?)
}
