//! Telling the desk.

use deskport_application::Forwarder;
use deskport_ports::{EventLog, Lease};
use deskport_testkit::fake::{FlakyTransport, Outcome};
use tokio::time::{sleep, timeout};

use super::*;

/// Tells the desk's own system from now on, over this transport.
fn start(desk: &Desk, transport: &Arc<FlakyTransport>) -> Workers {
    let store = Arc::new(desk.store.clone());
    let forwarder = Forwarder::new(store, desk.clock.clone(), desk.ids.clone(), transport.clone());
    let mut workers = Workers::default();
    workers.start(|stop| ForwarderLoop { forwarder, poll: POLL }.run(stop));
    workers
}

fn flaky(script: impl IntoIterator<Item = Outcome>) -> Arc<FlakyTransport> {
    Arc::new(FlakyTransport::following(script))
}

fn positions(transport: &FlakyTransport) -> Vec<u64> {
    transport.record().events().iter().map(|logged| logged.position).collect()
}

/// A desk with three events: a user and two conversations.
async fn busy_desk() -> Desk {
    let desk = Desk::new().await;
    desk.begin("conv_1").await;
    desk.begin("conv_2").await;
    desk
}

#[tokio::test(start_paused = true)]
async fn every_event_is_handed_on_once_and_in_order() {
    let (desk, transport) = (busy_desk().await, flaky([]));
    let workers = start(&desk, &transport);
    sleep(2 * POLL).await;
    desk.begin("conv_3").await;
    sleep(2 * POLL).await;
    let positions = positions(&transport);
    assert_eq!(positions.len(), 4);
    assert!(positions.is_sorted_by(|earlier, later| earlier < later));
    workers.stop().await;
}

#[tokio::test(start_paused = true)]
async fn an_event_that_failed_is_repeated_before_the_next() {
    let faults = [Outcome::Accept, Outcome::Refuse(503, None), Outcome::TimeOut, Outcome::Fail];
    let (desk, transport) = (busy_desk().await, flaky(faults));
    let workers = start(&desk, &transport);
    sleep(Duration::from_mins(1)).await;
    let positions = positions(&transport);
    let [first, second, third] = [positions[0], positions[1], positions[5]];
    assert_eq!(positions, [first, second, second, second, second, third]);
    workers.stop().await;
}

#[tokio::test(start_paused = true)]
async fn while_one_instance_waits_no_other_tries_sooner() {
    let desk = busy_desk().await;
    let pause = Duration::from_mins(10);
    let (waits, other) = (flaky([Outcome::Refuse(503, Some(pause))]), flaky([]));
    let workers = start(&desk, &waits);
    waits.record().until_attempts(1).await;
    let others = start(&desk, &other);
    sleep(pause.saturating_sub(POLL)).await;
    assert_eq!((positions(&waits).len(), positions(&other).len()), (1, 0));
    sleep(2 * POLL).await;
    assert_eq!((positions(&waits).len(), positions(&other).len()), (4, 0));
    workers.stop().await;
    others.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_dead_instance_is_taken_over_from() {
    let desk = busy_desk().await;
    let (dies, other) = (flaky([Outcome::Accept, Outcome::Hang]), flaky([]));
    let workers = start(&desk, &dies);
    dies.until_hanging(1).await;
    drop(workers);
    let others = start(&desk, &other);
    sleep(Duration::from_mins(2)).await;
    // The event that hung is told again, and no other.
    assert_eq!(positions(&other), [positions(&dies)[1], positions(&other)[1]]);
    others.stop().await;
}

#[tokio::test(start_paused = true)]
async fn an_instance_with_nothing_to_hand_on_takes_no_lead() {
    let (desk, transport) = (busy_desk().await, flaky([]));
    let busy = start(&desk, &transport);
    sleep(2 * POLL).await;
    busy.stop().await;
    sleep(Duration::from_mins(2)).await;
    let idle = start(&desk, &transport);
    sleep(2 * POLL).await;
    let now = desk.clock.now();
    let other = Lease { work: "desk webhook", holder: u128::MAX, now, until: now.plus_millis(1) };
    assert!(desk.store.lead(&other).await.unwrap(), "nobody leads");
    idle.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_stop_does_not_wait_for_an_event_that_hangs() {
    let (desk, transport) = (busy_desk().await, flaky([Outcome::Hang]));
    let workers = start(&desk, &transport);
    transport.until_hanging(1).await;
    timeout(POLL, workers.stop()).await.unwrap();
    assert_eq!(transport.hanging(), 0);
}
