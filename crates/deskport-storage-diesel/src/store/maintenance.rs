//! The first start, and whether all is well.

use async_trait::async_trait;
use deskport_domain::Agent;
use deskport_ports::{FirstStart, Maintenance, StoreError};
use diesel::QueryDsl;

use super::{Connection, RunQueryDsl, Store, Task, agents, created, credentials};
use crate::{
    error::Failure,
    migrate,
    schema::{agents as agent_table, clients, tokens},
};

diesel::table! {
    /// Diesel's list of the migrations that were applied.
    __diesel_schema_migrations (version) {
        version -> VarChar,
    }
}

#[async_trait]
impl Maintenance for Store {
    async fn first_start(&self, start: &FirstStart) -> Result<bool, StoreError> {
        Ok(self.database.write(start.clone()).await?)
    }

    /// A schema that is newer than this version is fine here: a newer instance may have expanded it
    /// while this one runs.
    async fn check(&self) -> Result<(), StoreError> {
        let applied = self.database.read(&AppliedMigrations).await?;
        let known = super::super::known_migrations().map_err(StoreError::Backend)?;
        migrate::missing(&applied, &known).map_err(StoreError::backend)
    }
}

struct AppliedMigrations;

impl Task for AppliedMigrations {
    type Output = Vec<String>;

    async fn run(&self, connection: &mut Connection) -> Result<Vec<String>, Failure> {
        use __diesel_schema_migrations::{table, version};

        Ok(run!(table.select(version).load(connection))?)
    }
}

impl Task for FirstStart {
    type Output = bool;

    async fn run(&self, connection: &mut Connection) -> Result<bool, Failure> {
        one_after_the_other!(connection);
        let agents_stored: i64 = run!(agent_table::table.count().get_result(connection))?;
        let clients_stored: i64 = run!(clients::table.count().get_result(connection))?;
        let tokens_stored: i64 = run!(tokens::table.count().get_result(connection))?;
        if agents_stored + clients_stored + tokens_stored > 0 {
            return Ok(false);
        }
        let agent: Agent = self.agent.clone();
        agents::write(connection, &created(agent)).await?;
        credentials::insert_client(connection, &self.client).await?;
        credentials::insert_token(connection, &self.token).await?;
        Ok(true)
    }
}
