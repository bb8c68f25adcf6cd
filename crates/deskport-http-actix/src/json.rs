//! The heads of answers that are JSON.

use actix_web::{
    HttpResponse, HttpResponseBuilder,
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
};

/// 200, with JSON to follow.
pub(crate) fn ok() -> HttpResponseBuilder {
    head(StatusCode::OK)
}

/// 201, with JSON to follow.
pub(crate) fn created() -> HttpResponseBuilder {
    head(StatusCode::CREATED)
}

/// `content_type` would read its text anew for each answer.
fn head(status: StatusCode) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer.insert_header((header::CONTENT_TYPE, HeaderValue::from_static("application/json")));
    answer
}
