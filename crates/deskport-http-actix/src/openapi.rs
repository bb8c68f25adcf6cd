//! The API description (OpenAPI 3.1), made from the table that mounts the operations.

mod desk;
mod errors;
mod operations;
mod schema;
mod security;

use actix_web::{
    HttpResponse, Resource,
    web::{self, Data},
};
use utoipa::openapi::{
    ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, PathsBuilder,
};

pub(crate) use self::schema::Type;
use crate::{Prefix, fin::operation::OPERATIONS, state::State};

/// The description of the Fin face below `fin`, the desk face below `desk`, and the token endpoint.
pub fn openapi(fin: &Prefix, desk: &Prefix) -> OpenApi {
    let license = LicenseBuilder::new().name(env!("CARGO_PKG_LICENSE")).build();
    let info = InfoBuilder::new()
        .title("deskport")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "The Fin Custom Helpdesk API in both published variants: R (GET, PUT and POST on four paths, \
             bare bodies) and P (POST only, one path per action, bodies in an envelope). Beside it Desk, \
             the helpdesk's own face. A token has a role, `fin` or `desk`, and opens only its own face.",
        ))
        .license(Some(license))
        .build();
    let mut paths = PathsBuilder::new();
    let mut components = errors::responses(security::schemes(ComponentsBuilder::new()));
    for operation in &OPERATIONS {
        let path = format!("{fin}{}", operation.path);
        paths = paths.path(path, operations::path_item(operation));
        components = operations::schemas(operation, components);
    }
    for operation in &crate::desk::operation::OPERATIONS {
        paths = paths.path(format!("{desk}{}", operation.path), desk::path_item(operation));
        components = desk::schemas(operation, components);
    }
    paths = paths.path(crate::token::PATH, security::token_path());
    OpenApiBuilder::new().info(info).paths(paths).components(Some(components.build())).build()
}

/// `/openapi.json`
pub(crate) fn resource() -> Resource {
    web::resource("/openapi.json").get(description).head(description)
}

async fn description(state: Data<State>) -> HttpResponse {
    HttpResponse::Ok().json(openapi(&state.options.prefix, &state.options.desk_prefix))
}
