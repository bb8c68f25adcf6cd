//! The table of the desk's operations: what is mounted, and what the API description says of it.

use actix_web::{Route, http::Method};

use super::{agents, conversations, events, messages, search, typing, users};

/// One operation of the desk face.
pub(crate) struct Operation {
    pub(crate) method: Method,
    /// Below the prefix.
    pub(crate) path: &'static str,
    /// Puts the handler on the route.
    pub(crate) handle: fn(Route) -> Route,
}

const GET: Method = Method::GET;
const PUT: Method = Method::PUT;
const POST: Method = Method::POST;
const PATCH: Method = Method::PATCH;
const DELETE: Method = Method::DELETE;

const CONVERSATIONS: &str = "/conversations";
const CONVERSATION: &str = "/conversations/{conversation_id}";
const MESSAGES: &str = "/conversations/{conversation_id}/messages";
const USER: &str = "/users/{user_id}";
const AGENT: &str = "/agents/{agent_id}";
const DISABLE: &str = "/agents/{agent_id}/disable";

#[rustfmt::skip]
pub(crate) static OPERATIONS: [Operation; 20] = [
    op(GET, CONVERSATIONS, |on| on.to(conversations::list)),
    op(POST, CONVERSATIONS, |on| on.to(conversations::create)),
    op(GET, CONVERSATION, |on| on.to(conversations::load)),
    op(PATCH, CONVERSATION, |on| on.to(conversations::update)),
    op(GET, MESSAGES, |on| on.to(messages::list)),
    op(POST, MESSAGES, |on| on.to(messages::create)),
    op(GET, "/conversations/{conversation_id}/messages/{message_id}", |on| on.to(messages::load)),
    op(POST, "/conversations/{conversation_id}/typing", |on| on.to(typing::show)),
    op(GET, "/users", |on| on.to(users::list)),
    op(GET, USER, |on| on.to(users::load)),
    op(PUT, USER, |on| on.to(users::upsert)),
    op(PATCH, USER, |on| on.to(users::update)),
    op(DELETE, USER, |on| on.to(users::erase)),
    op(GET, "/agents", |on| on.to(agents::list)),
    op(GET, AGENT, |on| on.to(agents::load)),
    op(PUT, AGENT, |on| on.to(agents::upsert)),
    op(POST, DISABLE, |on| on.to(agents::disable)),
    op(DELETE, DISABLE, |on| on.to(agents::enable)),
    op(GET, "/search", |on| on.to(search::find)),
    op(GET, "/events", |on| on.to(events::follow)),
];

/// A line of the table.
const fn op(method: Method, path: &'static str, handle: fn(Route) -> Route) -> Operation {
    Operation { method, path, handle }
}
