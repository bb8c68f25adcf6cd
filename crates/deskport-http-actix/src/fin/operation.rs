//! The table of operations: what is mounted, and what the API description says of it.

use actix_web::{Route, http::Method};
use deskport_wire::{
    CreateConversation, CreateMessage, CreateUser, GetConversation, GetMessages, GetUser, UpdateConversation,
    UpdateUser,
    Variant::{self, P, R},
    received::{
        AgentP, AgentR, ConversationP, ConversationR, CreatedConversationP, CreatedConversationR, EndUser,
        MessageP, MessageR,
    },
};

use super::{agents, conversations, messages, users};
use crate::openapi::Type;

/// One operation of the published API.
pub(crate) struct Operation {
    pub(crate) variant: Variant,
    pub(crate) method: Method,
    /// Below the prefix.
    pub(crate) path: &'static str,
    /// Puts the handler on the route.
    pub(crate) handle: fn(Route) -> Route,
    pub(crate) summary: &'static str,
    pub(crate) asks: Asks,
    pub(crate) answers: Type,
}

/// How a request speaks.
pub(crate) enum Asks {
    /// Not at all.
    Nothing,
    /// By parameters, of which the first is required.
    Query(&'static [&'static str]),
    /// By JSON.
    Body(Type),
}

const GET: Method = Method::GET;
const PUT: Method = Method::PUT;
const POST: Method = Method::POST;

#[rustfmt::skip]
pub(crate) static OPERATIONS: [Operation; 18] = [
    op(R, GET, "/user", |on| on.to(users::load), "Load an end user", Asks::Query(&["user_id"]), Type::of::<EndUser>()),
    op(R, PUT, "/user", |on| on.to(users::update), "Update an end user", body::<UpdateUser>(), Type::of::<EndUser>()),
    op(R, POST, "/user", |on| on.to(users::create), "Create an end user", body::<CreateUser>(), Type::of::<EndUser>()),
    op(R, GET, "/agents", |on| on.to(agents::list), "List agents", Asks::Nothing, Type::of::<AgentR>().list()),
    op(R, GET, "/conversation", |on| on.to(conversations::load), "Load a conversation", Asks::Query(&["conversation_id"]), Type::of::<ConversationR>()),
    op(R, PUT, "/conversation", |on| on.to(conversations::update), "Update a conversation", body::<UpdateConversation>(), Type::of::<ConversationR>()),
    op(R, POST, "/conversation", |on| on.to(conversations::create), "Create a conversation with its first message", body::<CreateConversation>(), Type::of::<CreatedConversationR>()),
    op(R, GET, "/messages", |on| on.to(messages::list), "List messages", Asks::Query(&["conversation_id", "after_id"]), Type::of::<MessageR>().list()),
    op(R, POST, "/messages", |on| on.to(messages::create), "Create a message", body::<CreateMessage>(), Type::of::<MessageR>()),
    op(P, POST, "/get_user", |on| on.to(users::load), "Load an end user", body::<GetUser>(), Type::of::<EndUser>().enveloped()),
    op(P, POST, "/update_user", |on| on.to(users::update), "Update an end user", body::<UpdateUser>(), Type::of::<EndUser>().enveloped()),
    op(P, POST, "/create_user", |on| on.to(users::create), "Create an end user", body::<CreateUser>(), Type::of::<EndUser>().created()),
    op(P, POST, "/get_agents", |on| on.to(agents::list), "List agents", Asks::Nothing, Type::of::<AgentP>().list().enveloped()),
    op(P, POST, "/get_conversation", |on| on.to(conversations::load), "Load a conversation", body::<GetConversation>(), Type::of::<ConversationP>().enveloped()),
    op(P, POST, "/update_conversation", |on| on.to(conversations::update), "Update a conversation", body::<UpdateConversation>(), Type::of::<ConversationP>().enveloped()),
    op(P, POST, "/create_conversation", |on| on.to(conversations::create), "Create a conversation with its first message", body::<CreateConversation>(), Type::of::<CreatedConversationP>().created()),
    op(P, POST, "/get_messages", |on| on.to(messages::list), "List messages", body::<GetMessages>(), Type::of::<MessageP>().list().enveloped()),
    op(P, POST, "/create_message", |on| on.to(messages::create), "Create a message", body::<CreateMessage>(), Type::of::<MessageP>().created()),
];

/// The variant that a path belongs to, known or not: its readers expect that form of errors.
pub(crate) fn variant_of(path: &str) -> Variant {
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let named = |operation: &&Operation| &operation.path[1..] == name;
    OPERATIONS.iter().find(named).map_or(R, |operation| operation.variant)
}

const fn body<T: utoipa::ToSchema>() -> Asks {
    Asks::Body(Type::of::<T>())
}

/// A line of the table.
const fn op(
    variant: Variant,
    method: Method,
    path: &'static str,
    handle: fn(Route) -> Route,
    summary: &'static str,
    asks: Asks,
    answers: Type,
) -> Operation {
    Operation { variant, method, path, handle, summary, asks, answers }
}
