//! What both stores are tested with.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    task::Poll,
};

use deskport_domain::{ConversationId, Message, MessageId};
use deskport_ports::{
    AgentChange, ChangeSet, CommitError, Committed, ConversationChange, MessageQuery, Notes, Position, Store,
    UserChange,
};
use deskport_testkit::build::{a_change, a_conversation, a_message, a_user, an_agent, moment};

/// A commit that was asked for.
pub(crate) type Commit<'a> = Pin<Box<dyn Future<Output = Result<Committed, CommitError>> + Send + 'a>>;

/// Starts a future, which has put its work into the queue when this returns.
pub(crate) async fn start<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    poll_fn(|context| Poll::Ready(Pin::new(&mut *future).poll(context))).await
}

/// `user_jane`, `agent_fin`, and the user's `conv_pricing` with one message.
pub(crate) fn a_helpdesk() -> ChangeSet {
    a_change(moment(0))
        .with_agent(AgentChange::Create(an_agent().build()))
        .with_user(UserChange::Create(a_user().build()))
        .with_conversation(ConversationChange::Create(a_conversation().build()))
        .with_message(message(0))
}

/// A message of that conversation.
pub(crate) fn message(number: u32) -> Message {
    Message { id: MessageId::from_uuid(number.into()), ..a_message().build() }
}

pub(crate) fn post(number: u32) -> ChangeSet {
    a_change(moment(0)).with_message(message(number))
}

/// All messages of that conversation.
pub(crate) fn everything() -> MessageQuery {
    MessageQuery { conversation: conversation_id(), after: Position::Start, notes: Notes::All, limit: 1000 }
}

pub(crate) fn conversation_id() -> ConversationId {
    a_conversation().build().id
}

/// How many messages that conversation has.
pub(crate) async fn stored_messages(store: &impl Store) -> usize {
    store.messages(&everything()).await.unwrap().unwrap().messages.len()
}
