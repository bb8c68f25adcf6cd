//! Telling Fin.

use std::num::NonZeroU32;

use deskport_application::Notifier;
use deskport_testkit::fake::{FlakyTransport, Outcome};
use tokio::time::{sleep, timeout};

use super::*;

const GRACE: Duration = Duration::from_secs(8);

/// Tells Fin of this desk from now on, over this transport.
fn start(desk: &Desk, transport: &Arc<FlakyTransport>, slots: u32) -> Workers {
    let store = Arc::new(desk.store.clone());
    let notifier = Notifier::new(store, desk.clock.clone(), desk.ids.clone(), transport.clone());
    let slots = NonZeroU32::new(slots).unwrap();
    let mut workers = Workers::default();
    workers.start(|stop| NotifierLoop { notifier, slots, poll: POLL, grace: GRACE }.run(stop));
    workers
}

fn flaky(script: impl IntoIterator<Item = Outcome>) -> Arc<FlakyTransport> {
    Arc::new(FlakyTransport::following(script))
}

fn attempts(transport: &FlakyTransport) -> usize {
    transport.record().notifications().len()
}

#[tokio::test(start_paused = true)]
async fn what_is_due_is_told_and_noted() {
    let (desk, transport) = (Desk::new().await, flaky([]));
    let workers = start(&desk, &transport, 4);
    let conversation = desk.begin("conv_1").await;
    sleep(2 * POLL).await;
    assert_eq!((attempts(&transport), desk.standing(&conversation).await), (1, Standing::Delivered));
    workers.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_failed_is_told_again() {
    let faults = [Outcome::Refuse(503, None), Outcome::TimeOut, Outcome::Fail];
    let (desk, transport) = (Desk::new().await, flaky(faults));
    let workers = start(&desk, &transport, 4);
    let conversation = desk.begin("conv_1").await;
    sleep(Duration::from_mins(1)).await;
    assert_eq!((attempts(&transport), desk.standing(&conversation).await), (4, Standing::Delivered));
    workers.stop().await;
}

#[tokio::test(start_paused = true)]
async fn one_that_hangs_holds_up_no_other() {
    let (desk, transport) = (Desk::new().await, flaky([]));
    transport.always(&conversation_id("conv_0"), Outcome::Hang);
    for number in 0..=20 {
        desk.begin(&format!("conv_{number}")).await;
    }
    let workers = start(&desk, &transport, 2);
    sleep(POLL / 2).await;
    assert_eq!((attempts(&transport), transport.hanging()), (21, 1));
    transport.release(1);
    workers.stop().await;
}

#[tokio::test(start_paused = true)]
async fn no_more_are_on_their_way_than_there_are_slots() {
    let (desk, transport) = (Desk::new().await, flaky([Outcome::Hang; 10]));
    for number in 0..10 {
        desk.begin(&format!("conv_{number}")).await;
    }
    let workers = start(&desk, &transport, 3);
    sleep(10 * POLL).await;
    assert_eq!((attempts(&transport), transport.hanging()), (3, 3));
    transport.release(10);
    sleep(POLL / 2).await;
    assert_eq!((attempts(&transport), transport.hanging()), (10, 0));
    workers.stop().await;
}

#[tokio::test(start_paused = true)]
async fn changes_meanwhile_lead_to_exactly_one_more() {
    let (desk, transport) = (Desk::new().await, flaky([Outcome::Hang]));
    let conversation = desk.begin("conv_1").await;
    let workers = start(&desk, &transport, 1);
    transport.until_hanging(1).await;
    for number in 0..5 {
        sleep(Duration::from_millis(1)).await;
        desk.post("conv_1", number).await;
    }
    transport.release(1);
    sleep(10 * POLL).await;
    assert_eq!((attempts(&transport), desk.standing(&conversation).await), (2, Standing::Delivered));
    workers.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_conversation_that_changes_all_the_time_is_told_of_once_a_round() {
    let (desk, transport) = (Desk::new().await, flaky([]));
    let conversation = desk.begin("conv_1").await;
    // Each notification takes long enough for a change, and each claim takes all that it asked for.
    transport.always(&conversation, Outcome::Hang);
    let workers = start(&desk, &transport, 1);
    for number in 0..5_000 {
        sleep(Duration::from_millis(1)).await;
        desk.post("conv_1", number).await;
        transport.release(transport.hanging());
    }
    transport.release(1);
    sleep(2 * POLL).await;
    let rounds = 5_000 / 500 + 2;
    assert!(attempts(&transport) <= rounds, "{} attempts", attempts(&transport));
    assert_eq!(desk.standing(&conversation).await, Standing::Delivered);
    workers.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_stop_waits_for_what_is_on_its_way() {
    let (desk, transport) = (Desk::new().await, flaky([Outcome::Hang]));
    let conversation = desk.begin("conv_1").await;
    let workers = start(&desk, &transport, 1);
    transport.until_hanging(1).await;
    let stop = tokio::spawn(workers.stop());
    sleep(GRACE / 2).await;
    assert!(!stop.is_finished());
    transport.release(1);
    stop.await.unwrap();
    assert_eq!(desk.standing(&conversation).await, Standing::Delivered);
}

#[tokio::test(start_paused = true)]
async fn a_stop_leaves_what_takes_too_long() {
    let (desk, transport) = (Desk::new().await, flaky([Outcome::Hang]));
    let conversation = desk.begin("conv_1").await;
    let workers = start(&desk, &transport, 1);
    transport.until_hanging(1).await;
    timeout(2 * GRACE, workers.stop()).await.unwrap();
    assert_eq!((transport.hanging(), desk.standing(&conversation).await), (0, Standing::Pending));

    // Its claim ends, and another instance goes on.
    let heir = start(&desk, &transport, 1);
    sleep(Duration::from_mins(2)).await;
    assert_eq!((attempts(&transport), desk.standing(&conversation).await), (2, Standing::Delivered));
    heir.stop().await;
}

#[tokio::test(start_paused = true)]
async fn two_instances_share_the_work() {
    let desk = Desk::new().await;
    let transports = [flaky([]), flaky([])];
    let [left, right] = transports.each_ref().map(|transport| start(&desk, transport, 2));
    for number in 0..50 {
        desk.begin(&format!("conv_{number}")).await;
    }
    sleep(10 * POLL).await;
    assert_eq!(transports.iter().map(|transport| attempts(transport)).sum::<usize>(), 50);
    left.stop().await;
    right.stop().await;
}
