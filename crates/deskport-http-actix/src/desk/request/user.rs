//! What is said of an end user.

use deskport_domain::{Patch, UserUpdate};
use deskport_wire::{Attributes, UserBasic, field};
use serde::Deserialize;

/// What changes of an end user; what is left out stays as it is, and null clears.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[schema(as = DeskUserProfile)]
pub(crate) struct UserProfile {
    /// The name.
    #[serde(default, with = "field::patch")]
    #[schema(value_type = Option<String>, example = "Jane Doe")]
    name: Patch<String>,
    /// The e-mail address.
    #[serde(default, with = "field::patch")]
    #[schema(value_type = Option<String>, example = "jane.doe@example.com")]
    email: Patch<String>,
    /// The address of a picture.
    #[serde(default, with = "field::patch")]
    #[schema(value_type = Option<String>, example = "https://example.com/avatars/jane.jpg")]
    photo_url: Patch<String>,
    /// Merged as RFC 7396 says; null removes all attributes.
    #[serde(default, with = "field::patch")]
    #[schema(value_type = Option<Attributes>)]
    attributes: Patch<Attributes>,
}

impl UserProfile {
    /// What the profile changes.
    pub(crate) fn into_update(self) -> UserUpdate {
        let Self { name, email, photo_url, attributes } = self;
        UserBasic { name, email, photo_url, attributes, ..UserBasic::default() }.into_update()
    }
}
