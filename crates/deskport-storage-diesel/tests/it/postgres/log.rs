//! The event log over two instances.

use std::collections::HashMap;

use deskport_domain::Timestamp;
use deskport_ports::{EventLog, LoggedEvent, MessageRepository, UnitOfWork};
use deskport_storage_diesel::PostgresStore;
use deskport_testkit::build::{a_change, a_message, moment};

use super::{Database, options};
use crate::given::a_helpdesk;

const WRITERS: u32 = 8;
const POSTS: u32 = 12;

/// Follows the log until `count` events came.
async fn follow(store: PostgresStore, count: usize) -> Vec<LoggedEvent> {
    let mut seen: Vec<LoggedEvent> = Vec::new();
    while seen.len() < count {
        let after = seen.last().map_or(0, |logged| logged.position);
        seen.extend(store.events(after, 5).await.unwrap());
        tokio::task::yield_now().await;
    }
    seen
}

/// One instance's clock is behind, and messages of one conversation come from both.
#[tokio::test(flavor = "multi_thread")]
async fn two_instances_agree_on_one_order_without_gaps() {
    let database = Database::create().await;
    let stores = [
        PostgresStore::open(options(&database)).await.unwrap(),
        PostgresStore::open(options(&database)).await.unwrap(),
    ];
    stores[0].commit(a_helpdesk()).await.unwrap();
    let count = 4 + (WRITERS * POSTS) as usize;
    let followers = stores.clone().map(|store| tokio::spawn(follow(store, count)));
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let store = stores[writer as usize % 2].clone();
            let at: Timestamp = moment(1_000 * i64::from(writer % 2));
            tokio::spawn(async move {
                for number in 0..POSTS {
                    let id = format!("msg_{writer}_{number}");
                    let post = a_change(at).with_message(a_message().id(&id).build());
                    store.commit(post).await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let [one, other] = followers;
    let (one, other) = (one.await.unwrap(), other.await.unwrap());
    assert_eq!(one, other, "both instances tell the same");
    assert!(one.iter().map(|logged| logged.position).eq(1..=count as u64), "positions have no gaps");
    assert_eq!(stores[0].events(0, 10_000).await.unwrap(), one, "and it stays so");
    assert_order(&stores[0], &one).await;
}

/// Events of messages are in the order of the conversation.
async fn assert_order(store: &PostgresStore, events: &[LoggedEvent]) {
    let page = store.messages(&crate::given::everything()).await.unwrap().unwrap();
    let places: HashMap<_, _> = page.messages.into_iter().map(|one| (one.message.id, one.sequence)).collect();
    let told = events.iter().filter_map(|logged| logged.event.message.as_ref()).map(|id| places[id]);
    assert!(told.is_sorted(), "events of one conversation are in the order of its commits");
}
