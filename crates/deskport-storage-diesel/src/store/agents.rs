//! Agents.

use async_trait::async_trait;
use deskport_domain::{Agent, AgentId, AgentUpdate, Timestamp};
use deskport_ports::{AgentChange, AgentRepository, Effect, Missing, StoreError, Stored};
use diesel::{ExpressionMethods as _, OptionalExtension, QueryDsl, SelectableHelper};

use super::{Connection, RunQueryDsl, Store, Task, created, unchanged, updated_if};
use crate::{
    error::Failure,
    row::{agent::AgentRow, key::Key},
    schema::agents,
};

#[async_trait]
impl AgentRepository for Store {
    async fn agent(&self, id: &AgentId) -> Result<Option<Agent>, StoreError> {
        Ok(self.database.look_up(id).await?)
    }

    async fn agents(&self) -> Result<Vec<Agent>, StoreError> {
        Ok(self.database.read(&AllAgents).await?)
    }
}

struct AllAgents;

impl Task for AllAgents {
    type Output = Vec<Agent>;

    async fn run(&self, connection: &mut Connection) -> Result<Vec<Agent>, Failure> {
        let rows: Vec<AgentRow> = run!(agents::table.select(AgentRow::as_select()).load(connection))?;
        let mut agents = rows.into_iter().map(Agent::try_from).collect::<Result<Vec<_>, _>>()?;
        // Keys do not sort as ids do, so that the database cannot do this.
        agents.sort_by(|one, other| (one.created_at, &one.id).cmp(&(other.created_at, &other.id)));
        Ok(agents)
    }
}

impl Task for AgentId {
    type Output = Option<Agent>;

    async fn run(&self, connection: &mut Connection) -> Result<Option<Agent>, Failure> {
        find(connection, self).await
    }
}

pub(super) async fn find(connection: &mut Connection, id: &AgentId) -> Result<Option<Agent>, Failure> {
    let query = agents::table.find(id.key()).select(AgentRow::as_select());
    let row = run!(query.get_result(connection)).optional()?;
    Ok(row.map(Agent::try_from).transpose()?)
}

/// The agent as it is planned to be, or else as it is stored.
pub(super) async fn planned_or_stored(
    connection: &mut Connection,
    planned: Option<&Stored<Agent>>,
    id: &AgentId,
) -> Result<Option<Agent>, Failure> {
    match planned {
        Some(planned) if planned.value.id == *id => Ok(Some(planned.value.clone())),
        _ => find(connection, id).await,
    }
}

/// The agents with these keys.
pub(super) async fn find_all(connection: &mut Connection, keys: &[Vec<u8>]) -> Result<Vec<Agent>, Failure> {
    let rows = rows_by_key!(agents, AgentRow, keys, connection);
    Ok(rows.into_iter().map(Agent::try_from).collect::<Result<_, _>>()?)
}

/// Says what `change` makes of the stored agent, and writes nothing yet.
pub(super) async fn plan(
    connection: &mut Connection,
    change: &AgentChange,
    at: Timestamp,
) -> Result<Stored<Agent>, Failure> {
    match change {
        AgentChange::Create(agent) => Ok(match find(connection, &agent.id).await? {
            Some(stored) => unchanged(stored),
            None => created(agent.clone()),
        }),
        AgentChange::Update(id, update) => {
            plan_update(connection, id, update, at).await?.ok_or(Failure::Missing(Missing::Agent))
        }
        AgentChange::Upsert(id, update) => {
            let planned = plan_update(connection, id, update, at).await?;
            Ok(planned.unwrap_or_else(|| {
                let mut agent = Agent::unnamed(id.clone(), at);
                agent.apply(update, at);
                created(agent)
            }))
        }
    }
}

async fn plan_update(
    connection: &mut Connection,
    id: &AgentId,
    update: &AgentUpdate,
    at: Timestamp,
) -> Result<Option<Stored<Agent>>, Failure> {
    let query = locked!(agents::table.find(id.key()).select(AgentRow::as_select()));
    let Some(row) = run!(query.get_result::<AgentRow>(connection)).optional()? else {
        return Ok(None);
    };
    let mut agent = Agent::try_from(row)?;
    let changed = agent.apply(update, at);
    Ok(Some(updated_if(changed, agent)))
}

/// Writes what was planned.
pub(super) async fn write(connection: &mut Connection, planned: &Stored<Agent>) -> Result<(), Failure> {
    let row = AgentRow::from(&planned.value);
    match planned.effect {
        Effect::Unchanged => {}
        Effect::Updated => {
            let target = agents::table.filter(agents::id.eq(planned.value.id.key()));
            run!(diesel::update(target).set(&row).execute(connection))?;
        }
        Effect::Created => {
            let insert = diesel::insert_into(agents::table).values(&row).on_conflict_do_nothing();
            if run!(insert.execute(connection))? == 0 {
                return Err(Failure::Raced);
            }
        }
    }
    Ok(())
}
