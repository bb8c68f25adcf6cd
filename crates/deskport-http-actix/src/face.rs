//! What the faces have in common: a request passes the edge, loses needless slashes, shows its token,
//! and only then is looked at.

mod path;

use std::rc::Rc;

use actix_web::{
    Resource, Route,
    body::BoxBody,
    dev::{HttpServiceFactory, ServiceRequest},
    http::Method,
    middleware::{Next, from_fn},
    web::{self, Data},
};
use deskport_application::Role;
use futures_util::FutureExt;

use crate::{
    HttpOptions, Prefix, RequestSpans, SignatureCheck,
    auth::{self, Door},
    edge,
    problem::Form,
    state::State,
};

/// What is mounted for one operation.
pub(crate) struct Mounted {
    /// Below the prefix.
    pub(crate) path: &'static str,
    pub(crate) method: Method,
    /// Puts the handler on the route.
    pub(crate) handle: fn(Route) -> Route,
}

/// Everything below a prefix, for callers of this role. `form` tells from the path how errors read.
/// Paths are tried in the order of the operations.
pub(crate) fn scope(
    prefix: fn(&HttpOptions) -> &Prefix,
    role: Role,
    form: fn(&str) -> Form,
    operations: impl Iterator<Item = Mounted>,
    state: Data<State>,
) -> impl HttpServiceFactory {
    let mut scope = web::scope(prefix(&state.options).as_str());
    for resource in resources(operations) {
        scope = scope.service(resource);
    }
    let spans = spans(&state.options);
    let door = Door::new(role, state.clone());
    // One layer for all of it, since each costs every request something. It comes in a box, since the
    // scope would move it about and put two of its size into a box, which malloc has no quick place for.
    let enter = move |request: ServiceRequest, next: Next<BoxBody>| {
        let door = Rc::clone(&door);
        let entered = edge::enter(form, spans, request, move |mut request, id| {
            path::tidy(&mut request);
            auth::admit(door, id.clone(), request, next)
        });
        entered.boxed_local()
    };
    scope.app_data(state).wrap(from_fn(enter))
}

/// A doubt about a signature is logged while a request is read; it must tell which.
fn spans(options: &HttpOptions) -> RequestSpans {
    match options.signature {
        SignatureCheck::Log(_) => RequestSpans::All,
        SignatureCheck::Off | SignatureCheck::Enforce(_) => options.request_spans,
    }
}

/// One resource for each path, which answers 405 to methods that the path does not know.
fn resources(operations: impl Iterator<Item = Mounted>) -> impl Iterator<Item = Resource> {
    let mut resources: Vec<(&str, Resource)> = Vec::new();
    for Mounted { path, method, handle } in operations {
        let route = handle(web::method(method));
        let at = resources.iter().position(|(known, _)| *known == path);
        let resource = at.map_or_else(|| web::resource(path), |at| resources.remove(at).1);
        let at = at.unwrap_or(resources.len());
        resources.insert(at, (path, resource.route(route)));
    }
    resources.into_iter().map(|(_, resource)| resource)
}
