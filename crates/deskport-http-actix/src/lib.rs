//! The HTTP faces of a helpdesk, for actix: the Fin Custom Helpdesk API in both published variants,
//! the token endpoint, health, and the pages that explain problems.
//!
//! [`serve`] runs them as a server of their own. [`routes`] mounts them into an application that
//! has other things to serve as well:
//!
//! ```
//! use actix_web::App;
//! use deskport_application::Helpdesk;
//! use deskport_http_actix::{HttpOptions, routes};
//!
//! fn build(helpdesk: Helpdesk) {
//!     let helpdesk = routes(helpdesk, HttpOptions::default());
//!     // Once for each worker, with the same limits for all of them.
//!     let _app = move || App::new().configure(helpdesk.clone());
//! }
//! ```

mod auth;
mod body;
mod desk;
mod edge;
mod face;
mod fin;
mod health;
mod json;
mod limit;
mod openapi;
mod options;
mod problem;
mod request_id;
mod server;
mod shelf;
mod signature;
mod state;
mod token;
mod trace;
mod traffic;

use actix_web::{
    Error, Resource,
    body::{BoxBody, MessageBody},
    dev::{HttpServiceFactory, ServiceRequest, ServiceResponse},
    middleware::{Next, from_fn},
    web::{self, Data, ServiceConfig},
};
use deskport_application::Helpdesk;
use deskport_wire::Variant;

pub use self::{
    openapi::openapi,
    options::{
        EventOptions, HttpOptions, InvalidPrefix, NoKey, Prefix, RateLimit, RequestSpans, SignatureCheck,
        SignatureKeys, SignaturePolicy,
    },
    server::{ServerOptions, serve},
    traffic::Traffic,
};
use self::{problem::Form, state::State};

/// Mounts the faces: everything below the prefix, `/oauth/token`, `/healthz`, `/readyz`,
/// `/openapi.json` and `/problems`. Other paths are left to the application.
///
/// Clone the result for each worker, rather than calling this again: limits count across clones.
pub fn routes(helpdesk: Helpdesk, options: HttpOptions) -> impl Fn(&mut ServiceConfig) + Clone + Send {
    mount(Data::new(State::new(helpdesk, options)))
}

/// Mounts the faces over what their requests share.
pub(crate) fn mount(state: Data<State>) -> impl Fn(&mut ServiceConfig) + Clone + Send {
    move |config: &mut ServiceConfig| {
        // The first that fits gets the request: what most requests are for, if that hides no page.
        if hides_pages(&state.options.prefix) || hides_pages(&state.options.desk_prefix) {
            pages(config, &state);
            scopes(config, &state);
        } else {
            scopes(config, &state);
            pages(config, &state);
        }
    }
}

/// Where the paths begin that belong to neither face.
const PAGES: [&str; 5] = ["oauth", "healthz", "readyz", "openapi.json", "problems"];

/// Whether a scope at this prefix may cover paths of pages.
fn hides_pages(prefix: &Prefix) -> bool {
    let first = prefix.as_str().split('/').nth(1);
    first.is_none_or(|first| PAGES.contains(&first))
}

fn pages(config: &mut ServiceConfig, state: &Data<State>) {
    config.service(token::resource().app_data(state.clone()).wrap(from_fn(enter_token)));
    for resource in health::resources().into_iter().chain(problem::pages()).chain([openapi::resource()]) {
        config.service(public(resource, state.clone()));
    }
}

fn scopes(config: &mut ServiceConfig, state: &Data<State>) {
    let HttpOptions { prefix, desk_prefix, .. } = &state.options;
    // A prefix within the other comes first; else Fin does, whose requests are many.
    if desk_prefix.as_str().starts_with(prefix.as_str()) {
        config.service(desk::scope(state.clone())).service(fin::scope(state.clone()));
    } else {
        config.service(fin::scope(state.clone())).service(desk::scope(state.clone()));
    }
}

/// Answers every path that nothing else answers.
pub(crate) fn unknown_paths() -> impl HttpServiceFactory {
    web::scope("").wrap(from_fn(enter))
}

fn public(resource: Resource, state: Data<State>) -> impl HttpServiceFactory {
    resource.app_data(state).wrap(from_fn(enter))
}

async fn enter(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    edge::enter(|_| Form::Fin(Variant::R), RequestSpans::All, request, |request, _| next.call(request)).await
}

async fn enter_token(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    edge::enter(|_| Form::Token, RequestSpans::All, request, |request, _| next.call(request)).await
}
