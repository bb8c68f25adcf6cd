//! The table of the desk's operations: what is mounted, and what the API description says of it.

mod said;

use actix_web::{Route, http::Method};

pub(crate) use self::said::{Place, Said};
use super::{
    agents, conversations, events, messages,
    request::{AgentProfile, ConversationChange, NewConversation, NewMessage, Typing, UserProfile},
    search, typing, users,
    view::{Agent, Conversation, CreatedConversation, ListedMessage, Message, Receipt, Sent, User},
};
use crate::openapi::Type;

/// One operation of the desk face.
pub(crate) struct Operation {
    pub(crate) method: Method,
    /// Below the prefix.
    pub(crate) path: &'static str,
    /// Puts the handler on the route.
    pub(crate) handle: fn(Route) -> Route,
    /// Its name in programs.
    pub(crate) id: &'static str,
    pub(crate) summary: &'static str,
    /// What may stand in the query and in headers.
    pub(crate) says: &'static [Said],
    /// The body of the request.
    pub(crate) asks: Option<Type>,
    /// The body of the answer; nothing for the event stream.
    pub(crate) answers: Option<Type>,
    pub(crate) status: &'static str,
}

const GET: Method = Method::GET;
const PUT: Method = Method::PUT;
const POST: Method = Method::POST;
const PATCH: Method = Method::PATCH;
const DELETE: Method = Method::DELETE;

const CONVERSATIONS: &str = "/conversations";
const CONVERSATION: &str = "/conversations/{conversation_id}";
const MESSAGES: &str = "/conversations/{conversation_id}/messages";
const MESSAGE: &str = "/conversations/{conversation_id}/messages/{message_id}";
const TYPING: &str = "/conversations/{conversation_id}/typing";
const USER: &str = "/users/{user_id}";
const AGENT: &str = "/agents/{agent_id}";
const DISABLE: &str = "/agents/{agent_id}/disable";

const A_CONVERSATION: Type = Type::of::<Conversation<'static>>();
const A_MESSAGE: Type = Type::of::<Message<'static>>();
const A_USER: Type = Type::of::<User<'static>>();
const AN_AGENT: Type = Type::of::<Agent<'static>>();

#[rustfmt::skip]
pub(crate) static OPERATIONS: [Operation; 20] = [
    op(GET, CONVERSATIONS, |on| on.to(conversations::list), "list_conversations", "List conversations, newest activity first").says(&said::CONVERSATIONS).answers(A_CONVERSATION.paged()),
    op(POST, CONVERSATIONS, |on| on.to(conversations::create), "create_conversation", "Begin a conversation with its first message").says(&said::CREATE).asks(Type::of::<NewConversation>()).creates(Type::of::<CreatedConversation<'static>>()),
    op(GET, CONVERSATION, |on| on.to(conversations::load), "get_conversation", "Load a conversation").answers(A_CONVERSATION),
    op(PATCH, CONVERSATION, |on| on.to(conversations::update), "update_conversation", "Change a conversation").asks(Type::of::<ConversationChange>()).answers(A_CONVERSATION),
    op(GET, MESSAGES, |on| on.to(messages::list), "list_messages", "List a conversation's messages, oldest first within the page").says(&said::MESSAGES).answers(Type::of::<ListedMessage<'static>>().paged()),
    op(POST, MESSAGES, |on| on.to(messages::create), "create_message", "Post a reply or a note").says(&said::CREATE).asks(Type::of::<NewMessage>()).creates(A_MESSAGE),
    op(GET, MESSAGE, |on| on.to(messages::load), "get_message", "Load a message").answers(A_MESSAGE),
    op(POST, TYPING, |on| on.to(typing::show), "show_typing", "Tell Fin that an agent is typing").asks(Type::of::<Typing>()).accepts(Type::of::<Sent>()),
    op(GET, "/users", |on| on.to(users::list), "list_users", "List end users").says(&said::USERS).answers(A_USER.paged()),
    op(GET, USER, |on| on.to(users::load), "get_user", "Load an end user").answers(A_USER),
    op(PUT, USER, |on| on.to(users::upsert), "put_user", "Bring an end user under an id of your own, or change the one who has it").asks(Type::of::<UserProfile>()).answers(A_USER),
    op(PATCH, USER, |on| on.to(users::update), "update_user", "Change an end user").asks(Type::of::<UserProfile>()).answers(A_USER),
    op(DELETE, USER, |on| on.to(users::erase), "erase_user", "Remove an end user with everything that belongs to the person").answers(Type::of::<Receipt>()),
    op(GET, "/agents", |on| on.to(agents::list), "list_agents", "List all agents, disabled ones among them").answers(AN_AGENT.paged()),
    op(GET, AGENT, |on| on.to(agents::load), "get_agent", "Load an agent").answers(AN_AGENT),
    op(PUT, AGENT, |on| on.to(agents::upsert), "put_agent", "Bring an agent under an id of your own, or change the one who has it").asks(Type::of::<AgentProfile>()).answers(AN_AGENT),
    op(POST, DISABLE, |on| on.to(agents::disable), "disable_agent", "Take an agent out of the choice").answers(AN_AGENT),
    op(DELETE, DISABLE, |on| on.to(agents::enable), "enable_agent", "Take an agent back into the choice").answers(AN_AGENT),
    op(GET, "/search", |on| on.to(search::find), "search", "Find conversations by words in titles, names, addresses and messages").says(&said::SEARCH).answers(A_CONVERSATION.paged()),
    op(GET, "/events", |on| on.to(events::follow), "follow_events", "Follow everything that happens, as server-sent events").says(&said::EVENTS),
];

/// A line of the table.
const fn op(
    method: Method,
    path: &'static str,
    handle: fn(Route) -> Route,
    id: &'static str,
    summary: &'static str,
) -> Operation {
    Operation { method, path, handle, id, summary, says: &[], asks: None, answers: None, status: "200" }
}

impl Operation {
    const fn says(mut self, says: &'static [Said]) -> Self {
        self.says = says;
        self
    }

    const fn asks(mut self, body: Type) -> Self {
        self.asks = Some(body);
        self
    }

    const fn answers(mut self, body: Type) -> Self {
        self.answers = Some(body);
        self
    }

    const fn creates(mut self, body: Type) -> Self {
        self.status = "201";
        self.answers(body)
    }

    const fn accepts(mut self, body: Type) -> Self {
        self.status = "202";
        self.answers(body)
    }
}
