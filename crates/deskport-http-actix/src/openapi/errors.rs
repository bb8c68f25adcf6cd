//! Error answers in the API description, out of the table of problems.

use std::collections::BTreeMap;

use deskport_wire::{Problem, Variant, problem::Refusal};
use utoipa::openapi::{ComponentsBuilder, Ref, Response, ResponseBuilder, path::OperationBuilder};

use super::schema::Type;
use crate::problem::Kind;

/// Kinds that only the token endpoint and health answer.
const ELSEWHERE: [Kind; 3] = [Kind::UnsupportedGrantType, Kind::InvalidClient, Kind::NotReady];

/// Every error answer of both variants as a component.
pub(super) fn responses(mut components: ComponentsBuilder) -> ComponentsBuilder {
    let mut named = Vec::new();
    for (variant, body) in [(Variant::R, Type::of::<Problem>()), (Variant::P, Type::of::<Refusal>())] {
        body.collect(&mut named);
        for (status, titles) in by_status() {
            components = components.response(name(variant, status), response(variant, &titles, body));
        }
    }
    components.schemas_from_iter(named)
}

/// The operation with all error answers of its variant.
pub(super) fn refer(variant: Variant, mut operation: OperationBuilder) -> OperationBuilder {
    for status in by_status().into_keys() {
        operation = operation.response(status.to_string(), Ref::from_response_name(name(variant, status)));
    }
    operation
}

fn by_status() -> BTreeMap<u16, Vec<&'static str>> {
    let mut titles = BTreeMap::<_, Vec<_>>::new();
    for kind in Kind::ALL.into_iter().filter(|kind| !ELSEWHERE.contains(kind)) {
        titles.entry(kind.status().as_u16()).or_default().push(kind.title());
    }
    titles
}

fn name(variant: Variant, status: u16) -> String {
    format!("{variant:?}{status}")
}

fn response(variant: Variant, titles: &[&str], body: Type) -> Response {
    let content_type = match variant {
        Variant::R => "application/problem+json",
        Variant::P => "application/json",
    };
    ResponseBuilder::new().description(titles.join("; ")).content(content_type, body.content()).build()
}
