//! The upkeep of a store.

use deskport_application::{AccessOptions, Helpdesk};
use deskport_ports::{EventLog, LogBounds};
use tokio::time::sleep;

use super::*;

const RETENTION: Duration = Duration::from_hours(24);

/// Keeps the store of this desk in shape from now on.
fn start(desk: &Desk, instance: u128) -> Workers {
    let access = AccessOptions { token_lifetime_s: 60, cached_tokens: 1 };
    let store = Arc::new(desk.store.clone());
    let helpdesk = Helpdesk::new(store, desk.clock.clone(), desk.ids.clone(), &access);
    let retention_ms = i64::try_from(RETENTION.as_millis()).unwrap();
    let mut workers = Workers::default();
    let requests = Box::new(|| 0);
    workers.start(|stop| UpkeepLoop { helpdesk, instance, retention_ms, requests }.run(stop));
    workers
}

async fn bounds(desk: &Desk) -> LogBounds {
    desk.store.log_bounds().await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn old_events_are_forgotten_within_an_hour_and_no_others() {
    let desk = Desk::new().await;
    let workers = start(&desk, 1);
    sleep(RETENTION / 2).await;
    let old = bounds(&desk).await.newest;
    desk.begin("conv_1").await;
    assert_eq!(bounds(&desk).await.forgotten, 0);
    sleep(RETENTION / 2 + Duration::from_hours(2)).await;
    assert_eq!(bounds(&desk).await, LogBounds { forgotten: old, newest: old + 1 });
    workers.stop().await;
}

#[tokio::test(start_paused = true)]
async fn another_instance_takes_over() {
    let desk = Desk::new().await;
    let (dies, other) = (start(&desk, 1), start(&desk, 2));
    sleep(Duration::from_mins(1)).await;
    drop(dies);
    sleep(RETENTION + Duration::from_hours(2)).await;
    assert_eq!(bounds(&desk).await.forgotten, 1);
    other.stop().await;
}
