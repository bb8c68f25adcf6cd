//! Tells Fin what is due: in rounds, several notifications at a time.

use std::num::NonZeroU32;
use std::time::Duration;

use deskport_application::Notifier;
use deskport_ports::{Delivery, StoreError};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tracing::{debug, info, warn};

use super::{Stop, note};

/// How many pauses in one follow a round that was busy.
const BUSY_PAUSES: u32 = 8;

/// Sends what is due until it is asked to stop.
///
/// A round sends everything that was due when it began, so a conversation that changes all the time is
/// told of once a round. A notification that takes long holds its own slot and no other. A round that
/// had more to send than there are slots is followed by a longer pause, so that what changes a lot is
/// told of a little later and much less often.
#[derive(Debug)]
pub(crate) struct NotifierLoop {
    pub(crate) notifier: Notifier,
    /// How many notifications may be on their way at once.
    pub(crate) slots: NonZeroU32,
    /// The pause between two rounds.
    pub(crate) poll: Duration,
    /// How long notifications on their way may take to arrive once it is time to stop. Those that take
    /// longer are sent again when their claim ends.
    pub(crate) grace: Duration,
}

impl NotifierLoop {
    /// Works until `stop` says to stop.
    pub(crate) async fn run(self, mut stop: Stop) {
        let mut under_way = JoinSet::new();
        let mut works = true;
        loop {
            let outcome = self.round(&mut under_way, &mut stop).await;
            let is_busy = outcome.as_ref().is_ok_and(|sent| *sent > self.slots.get() as usize);
            works = tell_outage(works, outcome.map(drop));
            tokio::select! {
                () = stop.requested() => break,
                () = sleep(if is_busy { self.poll * BUSY_PAUSES } else { self.poll }) => {}
            }
        }
        self.finish(under_way).await;
    }

    /// Claims and sends all that is due by now, unless it is time to stop; tells how many there were.
    async fn round(&self, under_way: &mut JoinSet<()>, stop: &mut Stop) -> Result<usize, StoreError> {
        let due_by = self.notifier.now();
        let mut sent = 0;
        loop {
            // A claim is not given up half-way: what it claimed would have to wait until it ends.
            let free = tokio::select! {
                biased;
                () = stop.requested() => return Ok(sent),
                free = self.free_slots(under_way) => free,
            };
            let claimed = self.notifier.claim_due(due_by, free).await?;
            let is_all = claimed.len() < free as usize;
            sent += claimed.len();
            for delivery in claimed {
                under_way.spawn(deliver(self.notifier.clone(), delivery));
            }
            if is_all {
                return Ok(sent);
            }
        }
    }

    /// Waits until there is a free slot; tells how many there are.
    async fn free_slots(&self, under_way: &mut JoinSet<()>) -> u32 {
        loop {
            while let Some(ended) = under_way.try_join_next() {
                note(ended);
            }
            let taken = u32::try_from(under_way.len()).unwrap_or(u32::MAX);
            let free = self.slots.get().saturating_sub(taken);
            if free > 0 {
                return free;
            }
            if let Some(ended) = under_way.join_next().await {
                note(ended);
            }
        }
    }

    async fn finish(&self, mut under_way: JoinSet<()>) {
        let all = async {
            while let Some(ended) = under_way.join_next().await {
                note(ended);
            }
        };
        if timeout(self.grace, all).await.is_err() {
            info!(deliveries = under_way.len(), "Left notifications to Fin for later");
            under_way.shutdown().await;
        }
    }
}

async fn deliver(notifier: Notifier, delivery: Delivery) {
    let conversation = delivery.conversation.clone();
    if let Err(error) = notifier.deliver(delivery).await {
        warn!(conversation.id = %conversation, %error, "Fin was told and it could not be noted: it is told again");
    }
}

/// Warns when claiming begins to fail, and not each time; tells whether it works.
fn tell_outage(worked: bool, outcome: Result<(), StoreError>) -> bool {
    let Err(error) = outcome else {
        if !worked {
            info!("Notifications to Fin go on");
        }
        return true;
    };
    if worked {
        warn!(%error, "Notifications to Fin wait for the store");
    } else {
        debug!(%error, "Notifications to Fin still wait for the store");
    }
    false
}
