//! What changed through this store, as counters: what a cache in front of it goes by.
//!
//! Several conversations or people share a counter, so that all counters together have a fixed size.
//! A change that counts for somebody else too only makes a cache read once more than it must.

use std::{
    hash::{BuildHasher, RandomState},
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use deskport_domain::{AuthorId, ConversationId};
use deskport_ports::{ChangeSet, ThreadVersion};

/// How many counters there are for conversations: half a MiB. With 4,096, a fifth of a thousand
/// conversations shared one with some of a thousand others, and were read again after their posts.
const OF_THREADS: usize = 1 << 16;
/// How many there are for people, who change rarely.
const OF_PEOPLE: usize = 1 << 12;
/// For how long a profile is trusted that another process may have changed, in seconds.
const TRUST_S: u64 = 5;

/// Counts what was written. Count after the commit and before it is acknowledged.
#[derive(Debug)]
pub(crate) struct Changes {
    threads: Box<[AtomicU64]>,
    people: Box<[AtomicU64]>,
    everybody: AtomicU64,
    erasures: AtomicU64,
    keys: RandomState,
    began: Instant,
}

impl Changes {
    pub(crate) fn none_yet() -> Self {
        let counters = |count| (0..count).map(|_| AtomicU64::new(0)).collect();
        Self {
            threads: counters(OF_THREADS),
            people: counters(OF_PEOPLE),
            everybody: AtomicU64::new(0),
            erasures: AtomicU64::new(0),
            keys: RandomState::new(),
            began: Instant::now(),
        }
    }

    /// Counts what a change set may have changed.
    pub(crate) fn count(&self, changes: &ChangeSet) {
        if let Some(message) = &changes.message {
            self.count_message(&message.conversation);
        }
        if let Some(user) = &changes.user {
            self.count_person(&AuthorId::EndUser(user.id().clone()));
        }
        if let Some(agent) = &changes.agent {
            self.count_person(&AuthorId::Agent(agent.id().clone()));
        }
    }

    /// Counts what a message may have changed.
    pub(crate) fn count_message(&self, conversation: &ConversationId) {
        increase(self.of_thread(conversation));
    }

    /// Counts that messages disappeared, and a person.
    pub(crate) fn count_erasure(&self) {
        increase(&self.erasures);
        increase(&self.everybody);
    }

    fn count_person(&self, person: &AuthorId) {
        increase(self.of_person(person));
        increase(&self.everybody);
    }

    pub(crate) fn thread(&self, conversation: &ConversationId) -> ThreadVersion {
        ThreadVersion { edition: read(&self.erasures), additions: read(self.of_thread(conversation)) }
    }

    /// The version of these people as of now; of everybody if there are none.
    pub(crate) fn people(&self, people: &[AuthorId], now: Instant) -> u64 {
        let period = now.saturating_duration_since(self.began).as_secs() / TRUST_S;
        let changes = match people {
            [] => read(&self.everybody),
            people => people.iter().map(|person| read(self.of_person(person))).sum(),
        };
        // Counters only grow, and so does their sum.
        (period << 40) + changes
    }

    fn of_thread(&self, conversation: &ConversationId) -> &AtomicU64 {
        one_of(&self.threads, self.keys.hash_one(conversation))
    }

    fn of_person(&self, person: &AuthorId) -> &AtomicU64 {
        one_of(&self.people, self.keys.hash_one(person))
    }
}

fn one_of(counters: &[AtomicU64], hash: u64) -> &AtomicU64 {
    let place = hash % counters.len() as u64;
    &counters[usize::try_from(place).unwrap_or_default()]
}

fn increase(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::AcqRel);
}

fn read(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Acquire)
}
