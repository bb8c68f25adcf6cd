//! How answers are packed: bare in variant R, in an envelope in variant P.

use deskport_wire::Variant;
use serde_json::Value;

use super::rule::{Judged, Pass, fail, seen};
use crate::client::answer::{Packing, View};

/// An answer that is a list.
pub(super) fn list(view: &View, variant: Variant) -> Judged {
    if !view.payload.is_array() {
        return fail(format!("no list: {}", kind(&view.raw)));
    }
    packing(view, variant)
}

/// An answer that is one object.
pub(super) fn object(view: &View, variant: Variant) -> Judged {
    if !view.payload.is_object() {
        return fail(format!("no object: {}", kind(&view.raw)));
    }
    packing(view, variant)
}

/// The answer of a create action: in variant P the pages disagree, so every form passes.
pub(super) fn created(view: &View, variant: Variant) -> Judged {
    if !view.payload.is_object() {
        return fail(format!("no object: {}", kind(&view.raw)));
    }
    match (variant, view.packing) {
        (Variant::R, _) => packing(view, variant),
        (Variant::P, Packing::Bare) => seen("bare, as the page of create_user shows it"),
        (Variant::P, Packing::Wrapped) => seen("in the envelope, as the other actions' pages show it"),
        (Variant::P, Packing::Both) => seen("both: the object's own members, and `data` beside them"),
    }
}

/// Bare in variant R, in the envelope in variant P; both at once are read by either reader.
fn packing(view: &View, variant: Variant) -> Judged {
    match (variant, view.packing) {
        (Variant::R, Packing::Bare) | (Variant::P, Packing::Wrapped) => Ok(Pass::Plain),
        (_, Packing::Both) => seen("both: the object's own members, and `data` beside them"),
        (Variant::R, Packing::Wrapped) => {
            fail("the answer stands under `data`, but variant R has no envelope".to_owned())
        }
        (Variant::P, Packing::Bare) => {
            fail("the answer is bare, but variant P puts it under `data`".to_owned())
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(members) if members.contains_key("data") => "an envelope with something else inside",
        Value::Object(_) => "an object",
    }
}
