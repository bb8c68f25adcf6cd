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
        EventOptions, HttpOptions, InvalidPrefix, NoKey, Prefix, RateLimit, SignatureCheck, SignatureKeys,
        SignaturePolicy,
    },
    server::{ServerOptions, serve},
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
        config.service(token::resource().app_data(state.clone()).wrap(from_fn(enter_token)));
        for resource in health::resources().into_iter().chain(problem::pages()).chain([openapi::resource()]) {
            config.service(public(resource, state.clone()));
        }
        let HttpOptions { prefix, desk_prefix, .. } = &state.options;
        // The first scope that fits gets the request, so the longer prefix comes first.
        if desk_prefix.as_str().len() > prefix.as_str().len() {
            config.service(desk::scope(state.clone())).service(fin::scope(state.clone()));
        } else {
            config.service(fin::scope(state.clone())).service(desk::scope(state.clone()));
        }
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
    edge::enter(Form::Fin(Variant::R), request, |request| next.call(request)).await
}

async fn enter_token(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    edge::enter(Form::Token, request, |request| next.call(request)).await
}
