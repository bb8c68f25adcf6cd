//! The outbox: what Fin must still be told, one row per conversation.

use std::collections::{HashMap, VecDeque};

use async_trait::async_trait;
use deskport_domain::{ConversationId, Timestamp};
use deskport_ports::{
    Attempt, Claim, Delivery, DeliveryState, KEPT_ATTEMPTS, Outbox, Redelivery, Settlement, Standing,
    StoreError,
};

use crate::MemoryStore;

/// The notification of one conversation.
#[derive(Debug)]
pub(crate) struct Row {
    /// Counts changes.
    version: u64,
    /// The count that Fin knows.
    told: u64,
    due_since: Timestamp,
    /// When the next attempt is due, or when the running one's claim ends.
    next_at: Timestamp,
    lease: Option<u128>,
    parked: bool,
    attempts: u32,
    latest: VecDeque<Attempt>,
}

impl Row {
    fn new(at: Timestamp) -> Self {
        Self {
            version: 0,
            told: 0,
            due_since: at,
            next_at: at,
            lease: None,
            parked: false,
            attempts: 0,
            latest: VecDeque::new(),
        }
    }

    /// Notes a change at the moment `at`.
    fn change(&mut self, at: Timestamp) {
        if self.version == self.told {
            (self.due_since, self.next_at) = (at, at);
        }
        self.version += 1;
    }

    fn standing(&self) -> Standing {
        match (self.version == self.told, self.parked) {
            (true, _) => Standing::Delivered,
            (false, true) => Standing::Parked,
            (false, false) => Standing::Pending,
        }
    }

    fn claim(&mut self, conversation: &ConversationId, claim: &Claim) -> Delivery {
        (self.lease, self.next_at) = (Some(claim.lease), claim.until);
        Delivery {
            conversation: conversation.clone(),
            version: self.version,
            lease: claim.lease,
            attempts: self.attempts,
            due_since: self.due_since,
        }
    }

    fn settle(&mut self, delivery: &Delivery, attempt: &Attempt, how: Settlement) -> bool {
        self.latest.push_front(attempt.clone());
        self.latest.truncate(KEPT_ATTEMPTS);
        if self.lease != Some(delivery.lease) {
            return false;
        }
        self.lease = None;
        match how {
            Settlement::Delivered(now) => {
                (self.told, self.attempts) = (delivery.version, 0);
                (self.due_since, self.next_at) = (now, now);
            }
            Settlement::Retry(at) => (self.attempts, self.next_at) = (self.attempts + 1, at),
            Settlement::Parked => (self.attempts, self.parked) = (self.attempts + 1, true),
        }
        true
    }

    /// Makes the notification due now.
    fn redeliver(&mut self, now: Timestamp) {
        if self.version == self.told {
            self.version += 1;
        }
        (self.parked, self.attempts) = (false, 0);
        (self.due_since, self.next_at, self.lease) = (now, now, None);
    }

    fn state(&self, conversation: &ConversationId) -> DeliveryState {
        let standing = self.standing();
        let pending = standing == Standing::Pending;
        DeliveryState {
            conversation: conversation.clone(),
            standing,
            due_since: (standing != Standing::Delivered).then_some(self.due_since),
            next_attempt_at: pending.then_some(self.next_at),
            attempts: self.attempts,
            latest: self.latest.iter().cloned().collect(),
        }
    }
}

/// Notes that Fin must be told of a conversation.
pub(crate) fn note_change(rows: &mut HashMap<ConversationId, Row>, id: ConversationId, at: Timestamp) {
    rows.entry(id).or_insert_with(|| Row::new(at)).change(at);
}

#[async_trait]
impl Outbox for MemoryStore {
    async fn claim(&self, claim: &Claim) -> Result<Vec<Delivery>, StoreError> {
        let mut state = self.write();
        let due = |row: &Row| row.standing() == Standing::Pending && row.next_at <= claim.now;
        let mut rows: Vec<_> = state.outbox.iter_mut().filter(|(_, row)| due(row)).collect();
        rows.sort_by_key(|(_, row)| row.next_at);
        rows.truncate(claim.limit as usize);
        Ok(rows.into_iter().map(|(id, row)| row.claim(id, claim)).collect())
    }

    async fn settle(
        &self,
        delivery: &Delivery,
        attempt: &Attempt,
        how: Settlement,
    ) -> Result<bool, StoreError> {
        let mut state = self.write();
        let row = state.outbox.get_mut(&delivery.conversation);
        Ok(row.is_some_and(|row| row.settle(delivery, attempt, how)))
    }

    async fn deliveries(&self, standing: Standing, limit: u32) -> Result<Vec<DeliveryState>, StoreError> {
        let state = self.read();
        let mut rows: Vec<_> = state.outbox.iter().filter(|(_, row)| row.standing() == standing).collect();
        rows.sort_by(|(one, row), (other, than)| (row.due_since, one).cmp(&(than.due_since, other)));
        if standing == Standing::Delivered {
            rows.reverse();
        }
        Ok(rows.into_iter().take(limit as usize).map(|(id, row)| row.state(id)).collect())
    }

    async fn delivery(&self, conversation: &ConversationId) -> Result<Option<DeliveryState>, StoreError> {
        Ok(self.read().outbox.get(conversation).map(|row| row.state(conversation)))
    }

    async fn redeliver(&self, which: &Redelivery, now: Timestamp) -> Result<u64, StoreError> {
        let mut state = self.write();
        let mut again = 0;
        for (id, row) in &mut state.outbox {
            let wanted = match which {
                Redelivery::All => row.standing() != Standing::Delivered,
                Redelivery::Of(conversation) => conversation == id,
            };
            if wanted {
                row.redeliver(now);
                again += 1;
            }
        }
        Ok(again)
    }
}
