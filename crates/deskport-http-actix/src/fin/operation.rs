//! The table of operations: what is mounted, and what the API description says of it.

use actix_web::{Route, web};
use deskport_wire::Variant::{self, P, R};

use super::{agents, conversations, messages, users};

/// One operation of the published API.
pub(crate) struct Operation {
    pub(crate) variant: Variant,
    /// Below the prefix.
    pub(crate) path: &'static str,
    /// The handler with its method.
    pub(crate) route: fn() -> Route,
}

#[rustfmt::skip]
pub(crate) const OPERATIONS: [Operation; 18] = [
    Operation { variant: R, path: "/user", route: || web::get().to(users::load) },
    Operation { variant: R, path: "/user", route: || web::put().to(users::update) },
    Operation { variant: R, path: "/user", route: || web::post().to(users::create) },
    Operation { variant: R, path: "/agents", route: || web::get().to(agents::list) },
    Operation { variant: R, path: "/conversation", route: || web::get().to(conversations::load) },
    Operation { variant: R, path: "/conversation", route: || web::put().to(conversations::update) },
    Operation { variant: R, path: "/conversation", route: || web::post().to(conversations::create) },
    Operation { variant: R, path: "/messages", route: || web::get().to(messages::list) },
    Operation { variant: R, path: "/messages", route: || web::post().to(messages::create) },
    Operation { variant: P, path: "/get_user", route: || web::post().to(users::load) },
    Operation { variant: P, path: "/update_user", route: || web::post().to(users::update) },
    Operation { variant: P, path: "/create_user", route: || web::post().to(users::create) },
    Operation { variant: P, path: "/get_agents", route: || web::post().to(agents::list) },
    Operation { variant: P, path: "/get_conversation", route: || web::post().to(conversations::load) },
    Operation { variant: P, path: "/update_conversation", route: || web::post().to(conversations::update) },
    Operation { variant: P, path: "/create_conversation", route: || web::post().to(conversations::create) },
    Operation { variant: P, path: "/get_messages", route: || web::post().to(messages::list) },
    Operation { variant: P, path: "/create_message", route: || web::post().to(messages::create) },
];

/// The variant that a path belongs to, known or not: its readers expect that form of errors.
pub(crate) fn variant_of(path: &str) -> Variant {
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let named = |operation: &&Operation| &operation.path[1..] == name;
    OPERATIONS.iter().find(named).map_or(R, |operation| operation.variant)
}
