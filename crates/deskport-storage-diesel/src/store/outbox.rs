//! The outbox: what Fin must still be told, one row per conversation.

pub(super) mod claim;
pub(super) mod settle;
pub(super) mod show;

use std::collections::BTreeSet;

use async_trait::async_trait;
use deskport_domain::{ConversationId, Status, Timestamp, UserId};
use deskport_ports::{
    Attempt, Claim, Consequences, Delivery, DeliveryState, Outbox, Redelivery, Settlement, Standing,
    StoreError,
};
use diesel::{BoolExpressionMethods, ExpressionMethods as _, QueryDsl, dsl::case_when};

use super::{Connection, RunQueryDsl, Store};
use crate::{
    error::Failure,
    row::{conversation::status_name, delivery::standing_name, key::Key},
    schema::{conversations, deliveries},
};

const PENDING: &str = standing_name(Standing::Pending);
const PARKED: &str = standing_name(Standing::Parked);
const DELIVERED: &str = standing_name(Standing::Delivered);

#[async_trait]
impl Outbox for Store {
    async fn claim(&self, claim: &Claim) -> Result<Vec<Delivery>, StoreError> {
        // A dispatcher asks often, and mostly for nothing: that is no work for a writer.
        if self.database.read(claim).await?.is_empty() {
            return Ok(Vec::new());
        }
        Ok(self.database.write_beside(claim::Take(claim.clone())).await?)
    }

    async fn settle(
        &self,
        delivery: &Delivery,
        attempt: &Attempt,
        how: Settlement,
    ) -> Result<bool, StoreError> {
        let outcome = settle::Outcome { delivery: delivery.clone(), attempt: attempt.clone(), how };
        Ok(self.database.write_beside(outcome).await?)
    }

    async fn deliveries(&self, standing: Standing, limit: u32) -> Result<Vec<DeliveryState>, StoreError> {
        Ok(self.database.read(&show::Listed { standing, limit }).await?)
    }

    async fn delivery(&self, conversation: &ConversationId) -> Result<Option<DeliveryState>, StoreError> {
        Ok(self.database.read(&show::One(conversation.clone())).await?)
    }

    async fn redeliver(&self, which: &Redelivery, now: Timestamp) -> Result<u64, StoreError> {
        Ok(self.database.write(settle::Redeliver { which: which.clone(), now }).await?)
    }
}

/// Notes of which conversations Fin must be told after a change. In the order of their keys, so
/// that nobody waits for somebody who waits for it.
pub(super) async fn note(
    connection: &mut Connection,
    follow: &Consequences,
    at: Timestamp,
) -> Result<(), Failure> {
    let mut keys: BTreeSet<_> = follow.tell_of.iter().map(Key::key).collect();
    if let Some(user) = &follow.tell_of_user {
        keys.extend(live_conversations(connection, user).await?);
    }
    for key in keys {
        note_one(connection, key, at.as_millis()).await?;
    }
    Ok(())
}

async fn live_conversations(connection: &mut Connection, user: &UserId) -> Result<Vec<Vec<u8>>, Failure> {
    use conversations::{id, status, table, user_id};

    let [open, resolved] = [Status::Open, Status::Resolved].map(status_name);
    let live = status.eq(open).or(status.eq(resolved));
    let query = table.filter(user_id.eq(user.key()).and(live)).select(id);
    Ok(run!(query.load(connection))?)
}

/// What is parked stays so, and what is pending keeps its moments.
pub(in super::super) async fn note_one(
    connection: &mut Connection,
    key: Vec<u8>,
    at: i64,
) -> Result<(), Failure> {
    use deliveries::{conversation_id, due_since, next_at, standing, table, version};

    let first =
        (conversation_id.eq(key), version.eq(1_i64), standing.eq(PENDING), due_since.eq(at), next_at.eq(at));
    let again = (
        version.eq(version + 1),
        standing.eq(case_when(standing.eq(PARKED), standing).otherwise(PENDING)),
        due_since.eq(case_when(standing.ne(DELIVERED), due_since).otherwise(at)),
        next_at.eq(case_when(standing.ne(DELIVERED), next_at).otherwise(at)),
    );
    let upsert = diesel::insert_into(table).values(first).on_conflict(conversation_id).do_update().set(again);
    run!(upsert.execute(connection))?;
    Ok(())
}
