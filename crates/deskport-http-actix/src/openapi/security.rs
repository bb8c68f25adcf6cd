//! Who may call, in the API description: the token endpoint and what its tokens open.

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ComponentsBuilder, Content, HttpMethod, ObjectBuilder, PathItem, Ref, Required, ResponseBuilder,
        path::OperationBuilder,
        request_body::RequestBodyBuilder,
        schema::Type as JsonType,
        security::{
            ClientCredentials, Flow, HttpAuthScheme, HttpBuilder, OAuth2, Scopes, SecurityRequirement,
            SecurityScheme,
        },
    },
};

use crate::{
    problem::TokenRefusal,
    token::{PATH, TokenAnswer},
};

const SCHEME: &str = "BearerAuth";
const CLIENT: &str = "ClientAuth";

/// How callers prove who they are.
pub(super) fn schemes(components: ComponentsBuilder) -> ComponentsBuilder {
    let flow = Flow::ClientCredentials(ClientCredentials::new(PATH, Scopes::new()));
    let bearer = OAuth2::with_description([flow], "A token of the token endpoint, or one made by hand.");
    let basic = HttpBuilder::new()
        .scheme(HttpAuthScheme::Basic)
        .description(Some("Client id and secret; they may stand in the body instead."))
        .build();
    components
        .security_scheme(SCHEME, SecurityScheme::OAuth2(bearer))
        .security_scheme(CLIENT, SecurityScheme::Http(basic))
        .schema(TokenAnswer::name(), TokenAnswer::schema())
        .schema(TokenRefusal::name(), TokenRefusal::schema())
}

/// What every operation of the Fin face asks for.
pub(super) fn required() -> [SecurityRequirement; 1] {
    [SecurityRequirement::new(SCHEME, [] as [&str; 0])]
}

/// The token endpoint.
pub(super) fn token_path() -> PathItem {
    let text = || ObjectBuilder::new().schema_type(JsonType::String);
    let members = ObjectBuilder::new()
        .property("grant_type", text().enum_values(Some(["client_credentials"])))
        .property("client_id", text())
        .property("client_secret", text())
        .required("grant_type");
    let body = RequestBodyBuilder::new()
        .content("application/x-www-form-urlencoded", Content::new(Some(members)))
        .required(Some(Required::True))
        .build();
    let answer = |description: &str, schema: &str| {
        let content = Content::new(Some(Ref::from_schema_name(schema)));
        ResponseBuilder::new().description(description).content("application/json", content).build()
    };
    let refusal = TokenRefusal::name();
    let mut operation = OperationBuilder::new()
        .tag("Token")
        .summary(Some("Fetch a token (RFC 6749 section 4.4)"))
        .operation_id(Some("fetch_token"))
        .securities(Some([SecurityRequirement::new(CLIENT, [] as [&str; 0]), SecurityRequirement::default()]))
        .request_body(Some(body))
        .response("200", answer("A token", &TokenAnswer::name()));
    for (status, meaning) in [
        ("400", "The request is impossible"),
        ("401", "The client is unknown or its secret is wrong"),
        ("429", "Too many failed attempts"),
        ("503", "The store cannot be reached"),
    ] {
        operation = operation.response(status, answer(meaning, &refusal));
    }
    PathItem::new(HttpMethod::Post, operation.build())
}
