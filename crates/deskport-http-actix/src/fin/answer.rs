//! Domain values as answers.

use actix_web::HttpResponse;
use deskport_wire::{Json, Object, Variant, to_json};

use crate::json;

/// Answers a load, an update or a list.
pub(super) fn ok<T: Json + ?Sized>(variant: Variant, value: &T) -> HttpResponse {
    json::ok().body(to_json(&variant.answer(value)))
}

/// Answers a create, also a repeated one.
pub(super) fn created<T: Object>(variant: Variant, value: &T) -> HttpResponse {
    json::created().body(to_json(&variant.created(value)))
}
