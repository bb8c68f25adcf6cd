//! `kill -9` in random moments: what was acknowledged is told.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{env, process};

use crate::support::{Desk, Receiver, Sandbox, Store, wait_until};
use std::sync::Arc;

/// How many changes of one conversation are made before the next is begun.
const REPLIES: usize = 4;

/// What was acknowledged: each conversation, and when the request of its last change began.
type Acknowledged = BTreeMap<String, Instant>;

/// Rounds of a run; a long run sets the variable.
fn rounds() -> u64 {
    env::var("DESKPORT_TEST_KILLS").map_or(4, |rounds| rounds.parse().unwrap())
}

/// A moment within the next third of a second, another for each round.
fn some_time(round: u64) -> Duration {
    let mixed = (u64::from(process::id()) + round).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    Duration::from_millis(20 + mixed % 300)
}

/// Changes conversations until the server is gone or there was enough.
fn writer(desk: Desk, name: String, stop: Arc<AtomicBool>) -> JoinHandle<Acknowledged> {
    thread::spawn(move || {
        let mut acknowledged = Acknowledged::new();
        for number in 0.. {
            let began = Instant::now();
            let Ok(Ok(id)) = desk.try_begin("user_1", &format!("{name}-{number}")) else { break };
            acknowledged.insert(id.clone(), began);
            for change in 0..REPLIES {
                let began = Instant::now();
                if !matches!(desk.try_reply(&id, &change.to_string()), Ok(Ok(_))) {
                    return acknowledged;
                }
                acknowledged.insert(id.clone(), began);
            }
            if stop.load(Ordering::Relaxed) {
                break;
            }
        }
        acknowledged
    })
}

/// Every conversation was told after its last change that was acknowledged.
fn expect_told(receiver: &Receiver, acknowledged: &Acknowledged) {
    assert!(!acknowledged.is_empty());
    wait_until("every acknowledged change is told", || {
        let mut latest = BTreeMap::new();
        for call in receiver.calls() {
            latest.insert(call.json()["conversation_id"].as_str().unwrap().to_owned(), call.at);
        }
        acknowledged.iter().all(|(id, began)| latest.get(id).is_some_and(|told| told >= began))
    });
}

fn kill_9_loses_no_notification(store: Store) {
    let receiver = Receiver::start([]);
    let sandbox = Sandbox::new(store).telling(&receiver).with("DESKPORT__FIN__WEBHOOK_DELAY_MS", "50");
    let mut server = sandbox.start();
    let desk = Desk::of(&sandbox, server.address());
    desk.user("user_1");
    let mut acknowledged = Acknowledged::new();
    for round in 0..rounds() {
        let stop = Arc::new(AtomicBool::new(false));
        let at = desk.at(server.address());
        let writers: Vec<_> =
            (0..3).map(|number| writer(at.clone(), format!("{round}-{number}"), Arc::clone(&stop))).collect();
        thread::sleep(some_time(round));
        server.kill();
        for writer in writers {
            acknowledged.extend(writer.join().unwrap());
        }
        server = sandbox.start();
    }
    expect_told(&receiver, &acknowledged);
}

#[test]
fn kill_9_loses_no_notification_on_sqlite() {
    kill_9_loses_no_notification(Store::Sqlite);
}

#[test]
fn kill_9_loses_no_notification_on_postgres() {
    kill_9_loses_no_notification(Store::Postgres);
}

#[test]
fn of_two_instances_over_one_database_the_other_goes_on() {
    let receiver = Receiver::start([]);
    let sandbox = Sandbox::new(Store::Postgres).telling(&receiver);
    let (dies, stays) = (sandbox.start(), sandbox.start());
    let desk = Desk::of(&sandbox, dies.address());
    desk.user("user_1");
    let stop = Arc::new(AtomicBool::new(false));
    let write = |at, name: &str| writer(desk.at(at), name.to_owned(), Arc::clone(&stop));
    let writers = [write(dies.address(), "a"), write(stays.address(), "b"), write(stays.address(), "c")];
    wait_until("some are told", || receiver.calls().len() > 3);
    dies.kill();
    thread::sleep(some_time(0));
    stop.store(true, Ordering::Relaxed);
    let acknowledged = writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect();
    expect_told(&receiver, &acknowledged);

    // Each of them was told once for each time it was due: two instances do not both tell.
    wait_until("nothing waits", || sandbox.json(&["deliveries", "list", "--json"]) == serde_json::json!([]));
    let calls = receiver.calls().len();
    assert!(calls <= acknowledged.len() * (1 + REPLIES), "{calls} calls for {}", acknowledged.len());
}
