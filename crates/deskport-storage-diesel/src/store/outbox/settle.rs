//! Noting how attempts went, and an operator's wish to send again.

use deskport_domain::Timestamp;
use deskport_ports::{Attempt, Delivery, KEPT_ATTEMPTS, Redelivery, Settlement};
use diesel::{
    BoolExpressionMethods, ExpressionMethods as _, IntoSql as _, OptionalExtension, QueryDsl, dsl::case_when,
    sql_types::Text,
};

use super::{
    super::{Connection, RunQueryDsl, Task},
    DELIVERED, PARKED, PENDING,
};
use crate::{
    error::Failure,
    row::{delivery::AttemptRow, key::Key, number},
    schema::{deliveries, delivery_attempts},
};

/// How an attempt went, and what becomes of its notification.
pub(in super::super) struct Outcome {
    pub(in super::super) delivery: Delivery,
    pub(in super::super) attempt: Attempt,
    pub(in super::super) how: Settlement,
}

/// What an operator wants to be sent again.
pub(in super::super) struct Redeliver {
    pub(in super::super) which: Redelivery,
    pub(in super::super) now: Timestamp,
}

impl Task for Outcome {
    type Output = bool;

    async fn run(&self, connection: &mut Connection) -> Result<bool, Failure> {
        note_attempt(connection, &self.delivery, &self.attempt).await?;
        let changed = match self.how {
            Settlement::Delivered(now) => deliver(connection, &self.delivery, now).await?,
            Settlement::Retry(at) => retry(connection, &self.delivery, at).await?,
            Settlement::Parked => park(connection, &self.delivery).await?,
        };
        Ok(changed == 1)
    }
}

/// Keeps the attempt instead of the oldest one. Counting it holds the row of the notification.
async fn note_attempt(
    connection: &mut Connection,
    delivery: &Delivery,
    attempt: &Attempt,
) -> Result<(), Failure> {
    use delivery_attempts::{conversation_id, number, table};

    let count = diesel::update(deliveries::table.find(delivery.conversation.key()));
    let count = count.set(deliveries::tries.eq(deliveries::tries + 1)).returning(deliveries::tries);
    let counted: Option<i64> = run!(count.get_result(connection)).optional()?;
    let Some(counted) = counted else { return Ok(()) };
    let row = AttemptRow::new(&delivery.conversation, counted, attempt);
    run!(diesel::insert_into(table).values(&row).execute(connection))?;
    let forgotten = counted.saturating_sub_unsigned(KEPT_ATTEMPTS as u64);
    let old = conversation_id.eq(delivery.conversation.key()).and(number.le(forgotten));
    run!(diesel::delete(table.filter(old)).execute(connection))?;
    Ok(())
}

/// The notification, if its lease is still the one under which it was claimed.
#[diesel::dsl::auto_type]
fn leased(delivery: &Delivery) -> _ {
    let key: Vec<u8> = delivery.conversation.key();
    let lease: Vec<u8> = lease_key(delivery);
    deliveries::table.filter(deliveries::conversation_id.eq(key)).filter(deliveries::lease.eq(lease))
}

fn lease_key(delivery: &Delivery) -> Vec<u8> {
    delivery.lease.to_be_bytes().to_vec()
}

/// Due again at once if the conversation changed since the claim.
async fn deliver(connection: &mut Connection, delivery: &Delivery, now: Timestamp) -> Result<usize, Failure> {
    use deliveries::{due_since, failures, lease, next_at, standing, version};

    let told = version.eq(number(delivery.version));
    let settled = (
        standing.eq(case_when(told, DELIVERED.into_sql::<Text>()).otherwise(PENDING)),
        due_since.eq(now.as_millis()),
        next_at.eq(now.as_millis()),
        failures.eq(0_i64),
        lease.eq(None::<Vec<u8>>),
    );
    Ok(run!(diesel::update(leased(delivery)).set(settled).execute(connection))?)
}

async fn retry(connection: &mut Connection, delivery: &Delivery, at: Timestamp) -> Result<usize, Failure> {
    use deliveries::{failures, lease, next_at};

    let failed = (next_at.eq(at.as_millis()), failures.eq(failures + 1), lease.eq(None::<Vec<u8>>));
    Ok(run!(diesel::update(leased(delivery)).set(failed).execute(connection))?)
}

async fn park(connection: &mut Connection, delivery: &Delivery) -> Result<usize, Failure> {
    use deliveries::{failures, lease, standing};

    let parked = (standing.eq(PARKED), failures.eq(failures + 1), lease.eq(None::<Vec<u8>>));
    Ok(run!(diesel::update(leased(delivery)).set(parked).execute(connection))?)
}

impl Task for Redeliver {
    type Output = u64;

    async fn run(&self, connection: &mut Connection) -> Result<u64, Failure> {
        use deliveries::{conversation_id, due_since, failures, lease, next_at, standing, table};

        let due = (
            standing.eq(PENDING),
            due_since.eq(self.now.as_millis()),
            next_at.eq(self.now.as_millis()),
            failures.eq(0_i64),
            lease.eq(None::<Vec<u8>>),
        );
        let again = match &self.which {
            Redelivery::All => {
                let waiting = standing.eq(PENDING).or(standing.eq(PARKED));
                run!(diesel::update(table.filter(waiting)).set(due).execute(connection))?
            }
            Redelivery::Of(conversation) => {
                let one = table.filter(conversation_id.eq(conversation.key()));
                run!(diesel::update(one).set(due).execute(connection))?
            }
        };
        Ok(again as u64)
    }
}
