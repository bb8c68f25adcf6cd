//! End users: the people who write to the helpdesk.

use crate::{Attributes, Patch, Text, Timestamp, UserId};

/// A person who has conversations with agents or with Fin.
#[derive(Debug, Clone, PartialEq)]
pub struct EndUser {
    /// The helpdesk's id of the person.
    pub id: UserId,
    /// The name, where it is known.
    pub name: Option<Text>,
    /// The e-mail address, where it is known.
    pub email: Option<Text>,
    /// The address of a picture of the person.
    pub photo_url: Option<Text>,
    /// What else is known of the person.
    pub attributes: Attributes,
    /// When the helpdesk first heard of the person.
    pub created_at: Timestamp,
    /// When any of this last changed.
    pub updated_at: Timestamp,
}

/// A change of what is known of a person; each field has three states.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UserUpdate {
    /// Changes [`EndUser::name`].
    pub name: Patch<Text>,
    /// Changes [`EndUser::email`].
    pub email: Patch<Text>,
    /// Changes [`EndUser::photo_url`].
    pub photo_url: Patch<Text>,
    /// Merges into [`EndUser::attributes`].
    pub attributes: Patch<Attributes>,
}

impl EndUser {
    /// A person of whom nothing is known but the id.
    pub fn unknown(id: UserId, at: Timestamp) -> Self {
        Self {
            id,
            name: None,
            email: None,
            photo_url: None,
            attributes: Attributes::default(),
            created_at: at,
            updated_at: at,
        }
    }

    /// Applies `update` at the moment `at`; tells whether anything changed.
    ///
    /// ```
    /// use deskport_domain::{EndUser, Patch, Timestamp, UserId, UserUpdate};
    ///
    /// let mut jane = EndUser::unknown(UserId::derived("123456"), Timestamp::EPOCH);
    /// let update = UserUpdate { name: Patch::Set("Jane Doe".into()), ..UserUpdate::default() };
    /// assert!(jane.apply(&update, Timestamp::EPOCH));
    /// assert!(!jane.apply(&update, Timestamp::EPOCH));
    /// ```
    pub fn apply(&mut self, update: &UserUpdate, at: Timestamp) -> bool {
        let changed = [
            update.name.apply_to(&mut self.name),
            update.email.apply_to(&mut self.email),
            update.photo_url.apply_to(&mut self.photo_url),
            self.attributes.apply(&update.attributes),
        ]
        .contains(&true);
        if changed {
            self.updated_at = self.updated_at.max(at);
        }
        changed
    }
}
