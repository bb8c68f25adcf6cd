//! The Fin face: both published variants of the Custom Helpdesk API below one prefix.

mod agents;
mod answer;
mod call;
mod conversations;
mod messages;
pub(crate) mod operation;
mod query;
mod users;

use actix_web::{dev::HttpServiceFactory, web::Data};
use deskport_application::Role;

use self::operation::OPERATIONS;
use crate::{
    face::{self, Mounted},
    problem::Form,
    state::State,
};

/// Everything below the prefix of the published API. Messages come first, since almost all requests
/// are about them.
pub(crate) fn scope(state: Data<State>) -> impl HttpServiceFactory {
    let (often, seldom): (Vec<_>, Vec<_>) =
        OPERATIONS.iter().partition(|operation| operation.path.contains("message"));
    let operations = often.into_iter().chain(seldom).map(|operation| Mounted {
        path: operation.path,
        method: operation.method.clone(),
        handle: operation.handle,
    });
    face::scope(
        |options| &options.prefix,
        Role::Fin,
        |path| Form::Fin(operation::variant_of(path)),
        operations,
        state,
    )
}
