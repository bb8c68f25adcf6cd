//! Requests about end users: `get_user`, `update_user`, `create_user`.

use deskport_domain::{Patch, UserId, UserUpdate};
use serde::{Deserialize, Serialize};

use crate::{
    Attributes, Invalid, attributes,
    check::{object_id, required_id, text},
    field,
};

/// Asks for one end user (spec section 4.1).
///
/// ```
/// use deskport_wire::{GetUser, parse};
///
/// let request: GetUser = parse(br#"{"user_id": "user_123"}"#)?;
/// assert_eq!(request.into_domain()?.as_str(), "user_123");
/// # Ok::<(), deskport_wire::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(description = "Asks for one end user."))]
pub struct GetUser {
    /// The helpdesk's id of the end user.
    #[serde(default, deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "user_123"))]
    pub user_id: Option<String>,
}

/// Changes an end user's attributes (spec section 4.2).
///
/// ```
/// use deskport_domain::Patch;
/// use deskport_wire::{UpdateUser, parse};
///
/// let request: UpdateUser = parse(br#"{"user_id": "user_123", "attributes": null}"#)?;
/// assert_eq!(request.into_domain()?.update.attributes, Patch::Clear);
/// # Ok::<(), deskport_wire::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(description = "Changes an end user's attributes.")
)]
pub struct UpdateUser {
    /// The helpdesk's id of the end user.
    #[serde(default, deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "user_123"))]
    pub user_id: Option<String>,
    /// Merged as RFC 7396 says; null removes all attributes.
    #[serde(default, with = "field::patch", skip_serializing_if = "field::patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Attributes>))]
    pub attributes: Patch<Attributes>,
}

/// Adds an end user whom the helpdesk does not know yet (spec section 4.3).
///
/// ```
/// use deskport_domain::Patch;
/// use deskport_wire::{CreateUser, parse};
///
/// let request: CreateUser = parse(br#"{"name": "Jane Doe", "object_id": 123456}"#)?;
/// let user = request.into_domain();
/// assert_eq!(user.object_id.as_deref(), Some("123456"));
/// assert_eq!(user.update.name, Patch::Set("Jane Doe".into()));
/// # Ok::<(), deskport_wire::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(description = "Adds an end user whom the helpdesk does not know yet.")
)]
pub struct CreateUser {
    /// The name, where it is known.
    #[serde(default, with = "field::patch", skip_serializing_if = "field::patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "Jane Doe"))]
    pub name: Patch<String>,
    /// The e-mail address, where it is known.
    #[serde(default, with = "field::patch", skip_serializing_if = "field::patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "jane.doe@example.com"))]
    pub email: Patch<String>,
    /// The caller's own id of the person; makes a repeat harmless.
    #[serde(default, deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "123456"))]
    pub object_id: Option<String>,
    /// What else is known of the person (variant P).
    #[serde(default, with = "field::patch", skip_serializing_if = "field::patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Attributes>))]
    pub attributes: Patch<Attributes>,
}

/// The end user inside conversation requests of variant P (spec section 5.7).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(description = "The end user inside conversation requests of variant P.")
)]
pub struct UserBasic {
    /// The helpdesk's id of the end user.
    #[serde(default, deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "user_123456"))]
    pub id: Option<String>,
    /// The name.
    #[serde(default, with = "field::patch", skip_serializing_if = "field::patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "Jane Doe"))]
    pub name: Patch<String>,
    /// The e-mail address.
    #[serde(default, with = "field::patch", skip_serializing_if = "field::patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "jane.doe@example.com"))]
    pub email: Patch<String>,
    /// The address of a picture.
    #[serde(default, with = "field::patch", skip_serializing_if = "field::patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "https://example.com/avatars/jane.jpg"))]
    pub photo_url: Patch<String>,
    /// Always `end_user`. Written, never read: the place says it already.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "end_user"))]
    pub user_type: Option<String>,
    /// What else is known of the person.
    #[serde(default, with = "field::patch", skip_serializing_if = "field::patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Attributes>))]
    pub attributes: Patch<Attributes>,
}

impl GetUser {
    /// The end user asked for.
    ///
    /// # Errors
    /// [`Invalid`] when `user_id` is missing or no id.
    pub fn into_domain(self) -> Result<UserId, Invalid> {
        required_id("user_id", self.user_id.as_deref(), UserId::parse)
    }
}

impl UpdateUser {
    /// The change asked for.
    ///
    /// # Errors
    /// [`Invalid`] when `user_id` is missing or no id.
    pub fn into_domain(self) -> Result<deskport_domain::UpdateUser, Invalid> {
        Ok(deskport_domain::UpdateUser {
            user: required_id("user_id", self.user_id.as_deref(), UserId::parse)?,
            update: UserUpdate { attributes: attributes::patch(self.attributes), ..UserUpdate::default() },
        })
    }
}

impl CreateUser {
    /// The end user to add; nothing about one is required.
    pub fn into_domain(self) -> deskport_domain::CreateUser {
        deskport_domain::CreateUser {
            object_id: object_id(self.object_id),
            update: UserUpdate {
                name: text(self.name),
                email: text(self.email),
                attributes: attributes::patch(self.attributes),
                ..UserUpdate::default()
            },
        }
    }
}

impl UserBasic {
    /// What the profile changes.
    pub fn into_update(self) -> UserUpdate {
        UserUpdate {
            name: text(self.name),
            email: text(self.email),
            photo_url: text(self.photo_url),
            attributes: attributes::patch(self.attributes),
        }
    }
}
