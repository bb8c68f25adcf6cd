//! Authors in statements of our own: an end user or an agent beside each row.

use deskport_domain::Author;
use deskport_ports::StoreError;
use diesel::{Selectable, dsl::SqlTypeOf, pg::Pg};

use crate::row::{agent::AgentRow, user::UserRow};

/// The columns of `users` and `agents`, in the order of their rows.
macro_rules! people {
    () => {
        "users.id, users.name, users.email, users.photo_url, users.attributes, \
         users.created_at, users.updated_at, \
         agents.id, agents.name, agents.email, agents.alias, agents.photo_url, \
         agents.disabled_at, agents.created_at, agents.updated_at"
    };
}

/// Joins `users` and `agents` to the rows of a statement by their `author`. As subqueries of one row,
/// they are found by their keys also when the planner takes the tables for empty.
macro_rules! joined_people {
    () => {
        " LEFT JOIN LATERAL (
            SELECT * FROM users WHERE id = CASE get_byte(author, 0) WHEN ascii('u') THEN substr(author, 2) END LIMIT 1
        ) AS users ON true
        LEFT JOIN LATERAL (
            SELECT * FROM agents WHERE id = CASE get_byte(author, 0) WHEN ascii('a') THEN substr(author, 2) END LIMIT 1
        ) AS agents ON true"
    };
}

pub(super) use {joined_people, people};

/// The types of a row's columns.
pub(super) type Columns<Row> = SqlTypeOf<<Row as Selectable<Pg>>::SelectExpression>;

/// Whoever there is of the two.
pub(super) fn author(user: Option<UserRow>, agent: Option<AgentRow>) -> Result<Option<Author>, StoreError> {
    match (user, agent) {
        (Some(user), _) => user.try_into().map(Author::EndUser).map(Some),
        (None, Some(agent)) => agent.try_into().map(Author::Agent).map(Some),
        (None, None) => Ok(None),
    }
}
