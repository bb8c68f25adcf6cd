//! End users.

use deskport_application::ErasureReceipt;
use deskport_domain::{EndUser, Timestamp, UserId};
use deskport_wire::{AttributesRef, TimestampText};
use serde::Serialize;

/// An end user.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = DeskUser)]
pub(crate) struct User<'a> {
    /// The id, which may be your own.
    #[schema(example = "user_123456")]
    id: &'a str,
    /// Always `end_user`.
    #[serde(rename = "user_type")]
    #[schema(example = "end_user")]
    kind: &'static str,
    /// The name.
    #[schema(example = "Jane Doe")]
    name: Option<&'a str>,
    /// The e-mail address.
    #[schema(example = "jane.doe@example.com")]
    email: Option<&'a str>,
    /// The address of a picture.
    #[schema(example = "https://example.com/avatars/jane.jpg")]
    photo_url: Option<&'a str>,
    /// What else is known of the person.
    #[schema(value_type = deskport_wire::Attributes)]
    attributes: AttributesRef<'a>,
    /// When the helpdesk first heard of the person.
    #[schema(value_type = String, format = DateTime, example = "2025-10-27T14:30:00.000Z")]
    created_at: TimestampText,
    /// When any of this last changed.
    #[schema(value_type = String, format = DateTime, example = "2025-10-27T14:30:00.000Z")]
    updated_at: TimestampText,
}

/// What was removed along with an end user.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = DeskErasureReceipt)]
pub(crate) struct Receipt {
    /// Who was removed.
    #[schema(example = "user_123456")]
    user_id: String,
    /// When.
    #[schema(value_type = String, format = DateTime, example = "2025-10-27T14:30:00.000Z")]
    erased_at: TimestampText,
    /// How many conversations went along.
    #[schema(example = 2)]
    conversations: u64,
    /// How many messages went along: all in those conversations, and the person's own in others.
    #[schema(example = 17)]
    messages: u64,
}

impl<'a> From<&'a EndUser> for User<'a> {
    fn from(user: &'a EndUser) -> Self {
        Self {
            id: user.id.as_str(),
            kind: "end_user",
            name: user.name.as_deref(),
            email: user.email.as_deref(),
            photo_url: user.photo_url.as_deref(),
            attributes: AttributesRef(&user.attributes),
            created_at: user.created_at.into(),
            updated_at: user.updated_at.into(),
        }
    }
}

impl Receipt {
    pub(crate) fn new(user: &UserId, at: Timestamp, receipt: ErasureReceipt) -> Self {
        let ErasureReceipt { conversations, messages } = receipt;
        Self { user_id: user.to_string(), erased_at: at.into(), conversations, messages }
    }
}
