//! Attributes in the OpenAPI description: an object with any members.

use std::borrow::Cow;

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr, Schema,
        schema::{AdditionalProperties, ObjectBuilder},
    },
};

use super::Attributes;

impl PartialSchema for Attributes {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .description(Some("Free-form members. Updates merge them as RFC 7396 (JSON merge patch) says."))
            .additional_properties(Some(AdditionalProperties::FreeForm(true)))
            .examples([serde_json::json!({
                "plan_type": "enterprise",
                "signup_date": "2024-01-15",
                "is_premium": true,
            })])
            .into()
    }
}

impl ToSchema for Attributes {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Attributes")
    }
}
