//! Roles, as they are typed and shown.

use deskport_application::Role;

use crate::cli::RoleName;

/// A role's name.
pub(crate) fn name(role: Role) -> &'static str {
    match role {
        Role::Fin => "fin",
        Role::Desk => "desk",
        Role::Admin => "admin",
    }
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Fin => Self::Fin,
            RoleName::Desk => Self::Desk,
            RoleName::Admin => Self::Admin,
        }
    }
}
