//! Rows of `agents`.

use deskport_domain::{Agent, AgentId};
use deskport_ports::StoreError;
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};

use super::{key::Key, moment, moment_if_any, text, to_text};
use crate::schema::agents;

/// An agent as it is stored.
#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = agents, treat_none_as_default_value = false, treat_none_as_null = true)]
pub(crate) struct AgentRow {
    id: Vec<u8>,
    name: Option<String>,
    email: Option<String>,
    alias: Option<String>,
    photo_url: Option<String>,
    disabled_at: Option<i64>,
    created_at: i64,
    updated_at: i64,
}

impl From<&Agent> for AgentRow {
    fn from(agent: &Agent) -> Self {
        Self {
            id: agent.id.key(),
            name: to_text(agent.name.as_ref()),
            email: to_text(agent.email.as_ref()),
            alias: to_text(agent.alias.as_ref()),
            photo_url: to_text(agent.photo_url.as_ref()),
            disabled_at: agent.disabled_at.map(deskport_domain::Timestamp::as_millis),
            created_at: agent.created_at.as_millis(),
            updated_at: agent.updated_at.as_millis(),
        }
    }
}

impl TryFrom<AgentRow> for Agent {
    type Error = StoreError;

    fn try_from(row: AgentRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: AgentId::from_key("agents.id", &row.id)?,
            name: text(row.name),
            email: text(row.email),
            alias: text(row.alias),
            photo_url: text(row.photo_url),
            disabled_at: moment_if_any("agents.disabled_at", row.disabled_at)?,
            created_at: moment("agents.created_at", row.created_at)?,
            updated_at: moment("agents.updated_at", row.updated_at)?,
        })
    }
}
