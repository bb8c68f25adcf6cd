//! Operations of the Fin face in the API description.

use actix_web::http::Method;
use deskport_wire::Variant;
use utoipa::openapi::{
    ComponentsBuilder, HttpMethod, ObjectBuilder, PathItem, Required, ResponseBuilder,
    path::{Operation as Described, OperationBuilder, Parameter, ParameterBuilder, ParameterIn},
    request_body::RequestBodyBuilder,
    schema::Type as JsonType,
};

use super::{errors, schema::Named, security};
use crate::fin::operation::{Asks, Operation};

/// One operation at its path.
pub(super) fn path_item(operation: &Operation) -> PathItem {
    PathItem::new(method(operation), described(operation))
}

/// The components with every schema that the operation needs.
pub(super) fn schemas(operation: &Operation, components: ComponentsBuilder) -> ComponentsBuilder {
    let mut named = Named::new();
    operation.answers.collect(&mut named);
    if let Asks::Body(body) = &operation.asks {
        body.collect(&mut named);
    }
    components.schemas_from_iter(named)
}

fn method(operation: &Operation) -> HttpMethod {
    match operation.method {
        Method::GET => HttpMethod::Get,
        Method::PUT => HttpMethod::Put,
        _ => HttpMethod::Post,
    }
}

fn described(operation: &Operation) -> Described {
    let name = operation.path.trim_start_matches('/');
    let (tag, id) = match operation.variant {
        Variant::R => ("R", format!("{}_{name}", operation.method).to_lowercase()),
        Variant::P => ("P", name.to_owned()),
    };
    let mut described = OperationBuilder::new()
        .tag(tag)
        .summary(Some(operation.summary))
        .operation_id(Some(format!("{}_{id}", tag.to_lowercase())))
        .securities(Some(security::required()));
    match &operation.asks {
        Asks::Nothing => {}
        Asks::Query(parameters) => {
            for (place, name) in parameters.iter().enumerate() {
                described = described.parameter(parameter(name, place == 0));
            }
        }
        Asks::Body(body) => {
            let body = RequestBodyBuilder::new().content("application/json", body.content());
            described = described.request_body(Some(body.required(Some(Required::True)).build()));
        }
    }
    let (status, meaning) =
        if creates(operation) { ("201", "Created, now or before") } else { ("200", "Done") };
    let success = ResponseBuilder::new()
        .description(meaning)
        .content("application/json", operation.answers.content())
        .build();
    errors::refer(operation.variant, described.response(status, success)).build()
}

fn creates(operation: &Operation) -> bool {
    match operation.variant {
        Variant::R => operation.method == Method::POST,
        Variant::P => operation.path.starts_with("/create_"),
    }
}

fn parameter(name: &str, required: bool) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(if required { Required::True } else { Required::False })
        .schema(Some(ObjectBuilder::new().schema_type(JsonType::String)))
        .build()
}
