//! Handing out notifications, to one dispatcher each.
//!
//! Whoever wants one takes it by its key, on the condition that it is still due: of several
//! dispatchers that saw the same, one finds it so. No row is skipped because somebody locks it.

use std::collections::BTreeMap;

use deskport_ports::{Claim, Delivery};
use diesel::{BoolExpressionMethods, ExpressionMethods as _, OptionalExtension, QueryDsl, SelectableHelper};

use super::{
    super::{Connection, RunQueryDsl, Task},
    PENDING,
};
use crate::{error::Failure, row::delivery::DeliveryRow, schema::deliveries};

/// How often a dispatcher looks again that came too late for all it saw.
const ROUNDS: u32 = 16;

/// Which notifications are due, longest due first.
impl Task for Claim {
    type Output = Vec<Vec<u8>>;

    async fn run(&self, connection: &mut Connection) -> Result<Vec<Vec<u8>>, Failure> {
        use deliveries::{conversation_id, next_at, standing, table};

        let due = table.filter(standing.eq(PENDING)).filter(next_at.le(self.now.as_millis()));
        let query = due.order(next_at).select(conversation_id).limit(self.limit.into());
        Ok(run!(query.load(connection))?)
    }
}

/// Takes what is due.
pub(in super::super) struct Take(pub(in super::super) Claim);

impl Task for Take {
    type Output = Vec<Delivery>;

    async fn run(&self, connection: &mut Connection) -> Result<Vec<Delivery>, Failure> {
        for _ in 0..ROUNDS {
            let due = self.0.run(connection).await?;
            if due.is_empty() {
                break;
            }
            let taken = take_all(connection, &self.0, due).await?;
            if !taken.is_empty() {
                return Ok(taken);
            }
        }
        Ok(Vec::new())
    }
}

/// Takes those that are still due; in the order of their keys, so that no two dispatchers wait for
/// each other.
async fn take_all(
    connection: &mut Connection,
    claim: &Claim,
    due: Vec<Vec<u8>>,
) -> Result<Vec<Delivery>, Failure> {
    let ranks: BTreeMap<Vec<u8>, usize> = due.into_iter().zip(0..).collect();
    let mut taken = Vec::with_capacity(ranks.len());
    for (key, rank) in ranks {
        if let Some(row) = take(connection, claim, key).await? {
            taken.push((rank, row.into_delivery(claim)?));
        }
    }
    taken.sort_by_key(|(rank, _)| *rank);
    Ok(taken.into_iter().map(|(_, delivery)| delivery).collect())
}

async fn take(
    connection: &mut Connection,
    claim: &Claim,
    key: Vec<u8>,
) -> Result<Option<DeliveryRow>, Failure> {
    use deliveries::{conversation_id, lease, next_at, standing, table};

    let due = standing.eq(PENDING).and(next_at.le(claim.now.as_millis()));
    let take = diesel::update(table.filter(conversation_id.eq(key)).filter(due));
    let leased = (lease.eq(claim.lease.to_be_bytes().to_vec()), next_at.eq(claim.until.as_millis()));
    let take = take.set(leased).returning(DeliveryRow::as_returning());
    Ok(run!(take.get_result(connection)).optional()?)
}
