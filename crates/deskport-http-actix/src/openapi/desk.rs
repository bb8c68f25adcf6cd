//! Operations of the desk face in the API description.

use actix_web::http::Method;
use deskport_wire::Variant;
use utoipa::openapi::{
    ComponentsBuilder, Content, HttpMethod, ObjectBuilder, PathItem, Required, ResponseBuilder,
    path::{Operation as Described, OperationBuilder, Parameter, ParameterBuilder, ParameterIn},
    request_body::RequestBodyBuilder,
    schema::Type as JsonType,
};

use super::{errors, schema::Named, security};
use crate::desk::operation::{Operation, Place, Said};

/// How the event stream looks.
const EVENTS: &str = "retry: 2000\nid: 4710\n\nid: 4711\nevent: message.created\ndata: {\"type\":\
\"message.created\",\"timestamp\":\"2025-10-27T14:35:00.000Z\",\"data\":{\"id\":\
\"evt_0199f1d2c3b4758697a8b9cadbecfd0e_0\",\"position\":4711,\"origin\":\"fin\",\"conversation_id\":\"conv_456\",\
\"message_id\":\"msg_001\",\"user_id\":null,\"agent_id\":\"agent_fin\"}}\n\n: heartbeat\n\n";

/// One operation at its path.
pub(super) fn path_item(operation: &Operation) -> PathItem {
    PathItem::new(method(&operation.method), described(operation))
}

/// The components with every schema that the operation needs.
pub(super) fn schemas(operation: &Operation, components: ComponentsBuilder) -> ComponentsBuilder {
    let mut named = Named::new();
    for body in operation.answers.iter().chain(&operation.asks) {
        body.collect(&mut named);
    }
    components.schemas_from_iter(named)
}

fn method(method: &Method) -> HttpMethod {
    match *method {
        Method::GET => HttpMethod::Get,
        Method::PUT => HttpMethod::Put,
        Method::PATCH => HttpMethod::Patch,
        Method::DELETE => HttpMethod::Delete,
        _ => HttpMethod::Post,
    }
}

fn described(operation: &Operation) -> Described {
    let mut described = OperationBuilder::new()
        .tag("Desk")
        .summary(Some(operation.summary))
        .operation_id(Some(format!("desk_{}", operation.id)))
        .securities(Some(security::required()));
    for name in operation.path.split(['{', '}']).skip(1).step_by(2) {
        described = described.parameter(in_path(name));
    }
    for said in operation.says {
        described = described.parameter(parameter(said));
    }
    if let Some(body) = operation.asks {
        let body = RequestBodyBuilder::new().content("application/json", body.content());
        described = described.request_body(Some(body.required(Some(Required::True)).build()));
    }
    let (content_type, content) = match operation.answers {
        Some(answers) => ("application/json", answers.content()),
        None => ("text/event-stream", events()),
    };
    let success = ResponseBuilder::new().description(meaning(operation)).content(content_type, content);
    errors::refer(Variant::R, described.response(operation.status, success.build())).build()
}

fn meaning(operation: &Operation) -> &'static str {
    match operation.status {
        "201" => "Created, now or before",
        "202" => "Understood",
        _ => "Done",
    }
}

fn in_path(name: &str) -> Parameter {
    let text = ObjectBuilder::new().schema_type(JsonType::String);
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .schema(Some(text))
        .build()
}

fn parameter(said: &Said) -> Parameter {
    let text = ObjectBuilder::new().schema_type(JsonType::String).examples([said.example]);
    let place = match said.place {
        Place::Query => ParameterIn::Query,
        Place::Header => ParameterIn::Header,
    };
    ParameterBuilder::new()
        .name(said.name)
        .parameter_in(place)
        .required(if said.name == "q" { Required::True } else { Required::False })
        .description(Some(said.meaning))
        .schema(Some(text))
        .build()
}

fn events() -> Content {
    Content::new(Some(ObjectBuilder::new().schema_type(JsonType::String).examples([EVENTS])))
}
