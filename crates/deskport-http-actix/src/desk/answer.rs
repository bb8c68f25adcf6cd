//! Views as answers.

use actix_web::{HttpResponse, http::StatusCode};
use deskport_wire::to_json;
use serde::Serialize;

/// Answers a load, an update or a list.
pub(super) fn ok(view: &impl Serialize) -> HttpResponse {
    json(StatusCode::OK, view)
}

/// Answers a create, also a repeated one.
pub(super) fn created(view: &impl Serialize) -> HttpResponse {
    json(StatusCode::CREATED, view)
}

/// Answers something that goes on elsewhere.
pub(super) fn accepted(view: &impl Serialize) -> HttpResponse {
    json(StatusCode::ACCEPTED, view)
}

fn json(status: StatusCode, view: &impl Serialize) -> HttpResponse {
    HttpResponse::build(status).content_type("application/json").body(to_json(view))
}
