//! Where notifications stand.

use deskport_domain::ConversationId;
use deskport_ports::{Attempt, DeliveryState, Standing};
use diesel::{ExpressionMethods as _, OptionalExtension, QueryDsl, SelectableHelper};

use super::super::{Connection, RunQueryDsl, Task};
use crate::{
    error::Failure,
    row::{
        delivery::{AttemptRow, DeliveryRow, standing_name},
        key::Key,
    },
    schema::{deliveries, delivery_attempts},
};

/// Those of one standing.
pub(in super::super) struct Listed {
    pub(in super::super) standing: Standing,
    pub(in super::super) limit: u32,
}

/// That of one conversation.
pub(in super::super) struct One(pub(in super::super) ConversationId);

impl Task for Listed {
    type Output = Vec<DeliveryState>;

    async fn run(&self, connection: &mut Connection) -> Result<Vec<DeliveryState>, Failure> {
        use deliveries::{conversation_id, due_since, standing, table};

        let listed = table.filter(standing.eq(standing_name(self.standing)));
        let listed = listed.select(DeliveryRow::as_select()).limit(self.limit.into());
        let rows: Vec<DeliveryRow> = match self.standing {
            Standing::Delivered => {
                run!(listed.order((due_since.desc(), conversation_id.desc())).load(connection))?
            }
            _ => run!(listed.order((due_since, conversation_id)).load(connection))?,
        };
        let mut states = Vec::with_capacity(rows.len());
        for row in rows {
            states.push(state(connection, row).await?);
        }
        Ok(states)
    }
}

impl Task for One {
    type Output = Option<DeliveryState>;

    async fn run(&self, connection: &mut Connection) -> Result<Option<DeliveryState>, Failure> {
        let query = deliveries::table.find(self.0.key()).select(DeliveryRow::as_select());
        match run!(query.get_result::<DeliveryRow>(connection)).optional()? {
            Some(row) => state(connection, row).await.map(Some),
            None => Ok(None),
        }
    }
}

async fn state(connection: &mut Connection, row: DeliveryRow) -> Result<DeliveryState, Failure> {
    use delivery_attempts::{conversation_id, number, table};

    let latest = table.filter(conversation_id.eq(&row.conversation_id)).order(number.desc());
    let latest: Vec<AttemptRow> = run!(latest.select(AttemptRow::as_select()).load(connection))?;
    let latest: Vec<Attempt> = latest.into_iter().map(Attempt::try_from).collect::<Result<_, _>>()?;
    Ok(row.into_state(latest)?)
}
