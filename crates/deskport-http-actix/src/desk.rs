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

use actix_web::{dev::HttpServiceFactory, web::Data};
use deskport_application::Role;
use deskport_wire::Variant;

pub(crate) use self::events::Streams;
use self::operation::OPERATIONS;
use crate::{
    face::{self, Mounted},
    problem::Form,
    state::State,
};

/// Everything below the desk's prefix.
pub(crate) fn scope(state: Data<State>) -> impl HttpServiceFactory {
    let operations = OPERATIONS.iter().map(|operation| Mounted {
        path: operation.path,
        method: operation.method.clone(),
        handle: operation.handle,
    });
    face::scope(|options| &options.desk_prefix, Role::Desk, |_| Form::Fin(Variant::R), operations, state)
}
