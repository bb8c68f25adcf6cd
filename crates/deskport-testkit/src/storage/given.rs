//! The steps of which behaviors are made: what is in the store beforehand, and what is read after.

use std::sync::Arc;

use deskport_domain::{
    Agent, AuthoredMessage, Conversation, ConversationDetails, ConversationId, EndUser, Message, Timestamp,
};
use deskport_ports::{
    AgentChange, ChangeSet, CommitError, Committed, ConversationChange, MessagePage, MessageQuery, Missing,
    Notes, Position, SequencedMessage, Store, Stored, UserChange,
};

use crate::build::{a_change, a_conversation, a_user, an_agent, moment};

/// What most behaviors begin with: `user_jane`, `agent_fin` and the user's `conv_pricing`.
pub(crate) async fn a_helpdesk(store: &Arc<dyn Store>) -> ConversationDetails {
    let (user, agent) = (a_user().name("Jane Doe").build(), an_agent().name("Fin").build());
    let changes = a_change(moment(0))
        .with_agent(AgentChange::Create(agent))
        .with_user(UserChange::Create(user))
        .with_conversation(ConversationChange::Create(a_conversation().build()));
    commit(store, changes).await.conversation.unwrap().value
}

/// Commits what must be accepted.
pub(crate) async fn commit(store: &Arc<dyn Store>, changes: ChangeSet) -> Committed {
    store.commit(changes).await.unwrap()
}

/// Commits what must be refused; tells which reference led nowhere.
pub(crate) async fn refused(store: &Arc<dyn Store>, changes: ChangeSet) -> Missing {
    match store.commit(changes).await {
        Err(CommitError::Missing(missing)) => missing,
        other => panic!("a reference leads nowhere, and yet: {other:?}"),
    }
}

/// Stores a user at the moment of its creation.
pub(crate) async fn stored_user(store: &Arc<dyn Store>, user: EndUser) -> Stored<EndUser> {
    let changes = a_change(user.created_at).with_user(UserChange::Create(user));
    commit(store, changes).await.user.unwrap()
}

/// Stores an agent at the moment of its creation.
pub(crate) async fn stored_agent(store: &Arc<dyn Store>, agent: Agent) -> Stored<Agent> {
    let changes = a_change(agent.created_at).with_agent(AgentChange::Create(agent));
    commit(store, changes).await.agent.unwrap()
}

/// Stores a conversation at the moment of its creation.
pub(crate) async fn stored_conversation(
    store: &Arc<dyn Store>,
    conversation: Conversation,
) -> Stored<ConversationDetails> {
    let changes =
        a_change(conversation.created_at).with_conversation(ConversationChange::Create(conversation));
    commit(store, changes).await.conversation.unwrap()
}

/// Posts a message at the moment `at`.
pub(crate) async fn posted_at(
    store: &Arc<dyn Store>,
    at: Timestamp,
    message: Message,
) -> Stored<AuthoredMessage> {
    commit(store, a_change(at).with_message(message)).await.message.unwrap()
}

/// Posts a message at the present moment.
pub(crate) async fn posted(store: &Arc<dyn Store>, message: Message) -> Stored<AuthoredMessage> {
    posted_at(store, moment(0), message).await
}

/// The conversation as it is stored now.
pub(crate) async fn details(store: &Arc<dyn Store>, id: &ConversationId) -> ConversationDetails {
    store.conversation(id).await.unwrap().unwrap()
}

/// All messages of a conversation, from the first.
pub(crate) fn all_of(id: &ConversationId) -> MessageQuery {
    MessageQuery { conversation: id.clone(), after: Position::Start, notes: Notes::All, limit: 1_000 }
}

/// A page of a conversation that exists; proves what holds for every page.
pub(crate) async fn page(store: &Arc<dyn Store>, query: &MessageQuery) -> MessagePage {
    let page = store.messages(query).await.unwrap().unwrap();
    assert!(page.messages.len() <= query.limit as usize, "a page holds at most {} messages", query.limit);
    assert!(
        page.messages.is_sorted_by(|earlier, later| earlier.sequence < later.sequence),
        "sequence numbers grow within a page"
    );
    page
}

/// Everything from `query` on, page by page until there is no next one.
pub(crate) async fn pages(store: &Arc<dyn Store>, mut query: MessageQuery) -> Vec<SequencedMessage> {
    let mut all: Vec<SequencedMessage> = Vec::new();
    let mut empty_pages = 0;
    loop {
        let page = page(store, &query).await;
        empty_pages += usize::from(page.messages.is_empty());
        assert!(empty_pages <= 100, "pages never end");
        assert_goes_on(&all, &page.messages);
        all.extend(page.messages);
        match page.next {
            Some(next) => query.after = next,
            None => return all,
        }
    }
}

/// Proves that what is read next comes after all that was read before.
pub(crate) fn assert_goes_on(before: &[SequencedMessage], next: &[SequencedMessage]) {
    if let (Some(last), Some(first)) = (before.last(), next.first()) {
        assert!(last.sequence < first.sequence, "sequence numbers grow from page to page");
    }
}

/// The messages of a conversation, without their numbers.
pub(crate) async fn messages(store: &Arc<dyn Store>, id: &ConversationId) -> Vec<Message> {
    pages(store, all_of(id)).await.into_iter().map(|sequenced| sequenced.message).collect()
}

/// The ids of a conversation's messages.
pub(crate) async fn message_ids(store: &Arc<dyn Store>, id: &ConversationId) -> Vec<String> {
    messages(store, id).await.iter().map(|message| message.id.to_string()).collect()
}
