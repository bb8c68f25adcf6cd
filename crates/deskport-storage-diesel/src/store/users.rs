//! End users.

use async_trait::async_trait;
use deskport_domain::{EndUser, Timestamp, UserId, UserUpdate};
use deskport_ports::{Effect, Missing, StoreError, Stored, UserChange, UserRepository};
use diesel::{ExpressionMethods as _, OptionalExtension, QueryDsl, SelectableHelper};

use super::{Connection, RunQueryDsl, Store, Task, created, unchanged, updated_if};
use crate::{
    error::Failure,
    row::{key::Key, user::UserRow},
    schema::users,
};

#[async_trait]
impl UserRepository for Store {
    async fn user(&self, id: &UserId) -> Result<Option<EndUser>, StoreError> {
        Ok(self.database.look_up(id).await?)
    }
}

impl Task for UserId {
    type Output = Option<EndUser>;

    async fn run(&self, connection: &mut Connection) -> Result<Option<EndUser>, Failure> {
        find(connection, self).await
    }
}

pub(super) async fn find(connection: &mut Connection, id: &UserId) -> Result<Option<EndUser>, Failure> {
    let query = users::table.find(id.key()).select(UserRow::as_select());
    let row = run!(query.get_result(connection)).optional()?;
    Ok(row.map(EndUser::try_from).transpose()?)
}

/// The end user as it is planned to be, or else as it is stored.
pub(super) async fn planned_or_stored(
    connection: &mut Connection,
    planned: Option<&Stored<EndUser>>,
    id: &UserId,
) -> Result<Option<EndUser>, Failure> {
    match planned {
        Some(planned) if planned.value.id == *id => Ok(Some(planned.value.clone())),
        _ => find(connection, id).await,
    }
}

/// The same, and nobody else removes it until the transaction ends.
pub(super) async fn planned_or_locked(
    connection: &mut Connection,
    planned: Option<&Stored<EndUser>>,
    id: &UserId,
) -> Result<Option<EndUser>, Failure> {
    match planned {
        Some(planned) if planned.value.id == *id => Ok(Some(planned.value.clone())),
        _ => find_locked(connection, id).await,
    }
}

/// The end user, whom nobody else changes or removes until the transaction ends.
pub(super) async fn find_locked(
    connection: &mut Connection,
    id: &UserId,
) -> Result<Option<EndUser>, Failure> {
    let query = locked!(users::table.find(id.key()).select(UserRow::as_select()));
    let row = run!(query.get_result::<UserRow>(connection)).optional()?;
    Ok(row.map(EndUser::try_from).transpose()?)
}

/// The end users with these keys.
pub(super) async fn find_all(connection: &mut Connection, keys: &[Vec<u8>]) -> Result<Vec<EndUser>, Failure> {
    let rows = rows_by_key!(users, UserRow, keys, connection);
    Ok(rows.into_iter().map(EndUser::try_from).collect::<Result<_, _>>()?)
}

/// Says what `change` makes of the stored end user, and writes nothing yet.
pub(super) async fn plan(
    connection: &mut Connection,
    change: &UserChange,
    at: Timestamp,
) -> Result<Stored<EndUser>, Failure> {
    match change {
        UserChange::Create(user) => Ok(match find_locked(connection, &user.id).await? {
            Some(stored) => unchanged(stored),
            None => created(user.clone()),
        }),
        UserChange::Update(id, update) => {
            plan_update(connection, id, update, at).await?.ok_or(Failure::Missing(Missing::User))
        }
        UserChange::Upsert(id, update) => {
            let planned = plan_update(connection, id, update, at).await?;
            Ok(planned.unwrap_or_else(|| {
                let mut user = EndUser::unknown(id.clone(), at);
                user.apply(update, at);
                created(user)
            }))
        }
    }
}

async fn plan_update(
    connection: &mut Connection,
    id: &UserId,
    update: &UserUpdate,
    at: Timestamp,
) -> Result<Option<Stored<EndUser>>, Failure> {
    let Some(mut user) = find_locked(connection, id).await? else { return Ok(None) };
    let changed = user.apply(update, at);
    Ok(Some(updated_if(changed, user)))
}

/// Writes what was planned.
pub(super) async fn write(connection: &mut Connection, planned: &Stored<EndUser>) -> Result<(), Failure> {
    let row = UserRow::from(&planned.value);
    match planned.effect {
        Effect::Unchanged => {}
        Effect::Updated => {
            let target = users::table.filter(users::id.eq(planned.value.id.key()));
            run!(diesel::update(target).set(&row).execute(connection))?;
        }
        Effect::Created => {
            let insert = diesel::insert_into(users::table).values(&row).on_conflict_do_nothing();
            if run!(insert.execute(connection))? == 0 {
                return Err(Failure::Raced);
            }
        }
    }
    Ok(())
}
