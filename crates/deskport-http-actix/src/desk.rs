//! The desk face: what the helpdesk's own people and systems see and do.

mod agents;
mod answer;
mod call;
mod conversations;
mod cursor;
mod events;
mod messages;
pub(crate) mod operation;
mod request;
mod search;
mod typing;
mod users;
pub(crate) mod view;

use std::collections::BTreeMap;

use actix_web::{
    Error, Resource,
    body::{BoxBody, MessageBody},
    dev::{HttpServiceFactory, ServiceRequest, ServiceResponse},
    middleware::{Next, NormalizePath, from_fn},
    web::{self, Data},
};
use deskport_application::Role;
use deskport_wire::Variant;

pub(crate) use self::events::Streams;
use self::operation::OPERATIONS;
use crate::{auth, edge, problem::Form, state::State};

/// Everything below the desk's prefix; its rhythm is that of the Fin face.
pub(crate) fn scope(state: Data<State>) -> impl HttpServiceFactory {
    let mut scope = web::scope(state.options.desk_prefix.as_str());
    for (_, resource) in resources() {
        scope = scope.service(resource);
    }
    scope.app_data(state).wrap(from_fn(admit)).wrap(NormalizePath::trim()).wrap(from_fn(enter))
}

/// One resource for each path, which answers 405 to methods that the path does not know.
fn resources() -> BTreeMap<&'static str, Resource> {
    let mut resources = BTreeMap::new();
    for operation in &OPERATIONS {
        let resource = resources.remove(operation.path).unwrap_or_else(|| web::resource(operation.path));
        let route = (operation.handle)(web::method(operation.method.clone()));
        resources.insert(operation.path, resource.route(route));
    }
    resources
}

async fn admit(
    state: Data<State>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    auth::admit(Role::Desk, state, request, next).await
}

async fn enter(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    edge::enter(Form::Fin(Variant::R), request, next).await
}
