//! Rows of `users`.

use deskport_domain::{EndUser, UserId};
use deskport_ports::StoreError;
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};

use super::{json, key::Key, moment, text, to_text};
use crate::schema::users;

/// An end user as it is stored.
#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = users, treat_none_as_default_value = false, treat_none_as_null = true)]
pub(crate) struct UserRow {
    id: Vec<u8>,
    name: Option<String>,
    email: Option<String>,
    photo_url: Option<String>,
    attributes: Option<String>,
    created_at: i64,
    updated_at: i64,
}

impl From<&EndUser> for UserRow {
    fn from(user: &EndUser) -> Self {
        Self {
            id: user.id.key(),
            name: to_text(user.name.as_ref()),
            email: to_text(user.email.as_ref()),
            photo_url: to_text(user.photo_url.as_ref()),
            attributes: json::attributes_to_json(&user.attributes),
            created_at: user.created_at.as_millis(),
            updated_at: user.updated_at.as_millis(),
        }
    }
}

impl TryFrom<UserRow> for EndUser {
    type Error = StoreError;

    fn try_from(row: UserRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: UserId::from_key("users.id", &row.id)?,
            name: text(row.name),
            email: text(row.email),
            photo_url: text(row.photo_url),
            attributes: json::attributes("users.attributes", row.attributes.as_deref())?,
            created_at: moment("users.created_at", row.created_at)?,
            updated_at: moment("users.updated_at", row.updated_at)?,
        })
    }
}
