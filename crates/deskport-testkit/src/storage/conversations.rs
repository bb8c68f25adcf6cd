//! What a store promises about conversations.

use std::sync::Arc;

use deskport_domain::{
    Conversation, ConversationDetails, ConversationUpdate, Patch, Status, Text, Timestamp, UserUpdate, Value,
};
use deskport_ports::{AgentChange, ConversationChange, Effect, Store, Stored, UserChange};

use crate::{
    build::{a_change, a_conversation, a_message, a_user, an_agent, conversation_id, moment},
    storage::given::{
        a_helpdesk, all_of, commit, details, page, posted, posted_at, stored_agent, stored_conversation,
        stored_user,
    },
};

/// A conversation that nobody stored is not there, and has no list of messages.
pub async fn an_unknown_conversation_is_none(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;

    for unknown in [conversation_id("conv_other"), conversation_id("CONV_PRICING")] {
        assert_eq!(store.conversation(&unknown).await.unwrap(), None, "{unknown}");
        assert_eq!(store.messages(&all_of(&unknown)).await.unwrap(), None, "{unknown}");
    }
}

/// What was stored is what the commit answers and what a later read gives, field by field.
pub async fn a_new_conversation_reads_back_whole(store: Arc<dyn Store>) {
    let given = a_helpdesk(&store).await;
    let agent = store.agents().await.unwrap().remove(0);
    let conversation = everything_known();
    let answer = stored_conversation(&store, conversation.clone()).await;

    let whole = ConversationDetails { conversation, user: given.user, assignee: Some(agent) };
    assert_eq!(answer, Stored { value: whole.clone(), effect: Effect::Created });
    assert_eq!(details(&store, &whole.conversation.id).await, whole);
}

/// A conversation about nothing has no value in any field, not an empty one, and no messages.
pub async fn a_new_conversation_without_details_reads_back_whole(store: Arc<dyn Store>) {
    let user = stored_user(&store, a_user().build()).await.value;
    let conversation = a_conversation().build();
    stored_conversation(&store, conversation.clone()).await;

    let whole = ConversationDetails { conversation, user, assignee: None };
    assert_eq!(details(&store, &whole.conversation.id).await, whole);
    let page = page(&store, &all_of(&whole.conversation.id)).await;
    assert_eq!((page.messages, page.authors), (vec![], vec![]));
}

/// A second create with other content leaves the first one's, and answers it.
pub async fn a_repeated_create_keeps_the_first_conversation(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let first = stored_conversation(&store, everything_known()).await.value;
    let other = a_conversation().id("conv_whole").title("Another").created_at(moment(9)).build();
    let answer = stored_conversation(&store, other).await;

    assert_eq!(answer, Stored { value: first.clone(), effect: Effect::Unchanged });
    assert_eq!(details(&store, &first.conversation.id).await, first);
}

/// Setting one field changes that field and `updated_at`, and keeps all others.
pub async fn each_field_of_a_conversation_can_be_set(store: Arc<dyn Store>) {
    let keep = ConversationUpdate::default;
    a_helpdesk(&store).await;
    let ann = stored_agent(&store, an_agent().id("agent_ann").build()).await.value;
    stored_conversation(&store, everything_known()).await;
    update(&store, ConversationUpdate { title: Patch::Set("".into()), ..keep() }, moment(1)).await;
    let tags = Patch::Set(vec![Text::from("b"), Text::from("a"), Text::from("b")]);
    update(&store, ConversationUpdate { tags, ..keep() }, moment(2)).await;
    let attributes = Patch::Set([("plan", "free")].into_iter().collect());
    update(&store, ConversationUpdate { attributes, ..keep() }, moment(3)).await;
    update(&store, ConversationUpdate { status: Some(Status::Ended), ..keep() }, moment(4)).await;
    let assignee = Patch::Set(ann.id.clone());
    update(&store, ConversationUpdate { assignee, ..keep() }, moment(5)).await;
    let last_user_read_at = Patch::Set(moment(-3));
    let now = update(&store, ConversationUpdate { last_user_read_at, ..keep() }, moment(6)).await;

    let expected = a_conversation()
        .id("conv_whole")
        .title("")
        .tags(&["b", "a", "b"])
        .attributes([("plan", "free"), ("seats", "3")].into_iter().collect())
        .status(Status::Ended)
        .assigned_to(&ann)
        .last_user_read_at(moment(-3))
        .build();
    assert_eq!(now.conversation, Conversation { updated_at: moment(6), ..expected });
    assert_eq!(now.assignee, Some(ann));
}

/// Clearing one field leaves it without a value, and keeps all others.
pub async fn each_field_of_a_conversation_can_be_cleared(store: Arc<dyn Store>) {
    let keep = ConversationUpdate::default;
    a_helpdesk(&store).await;
    stored_conversation(&store, everything_known()).await;
    update(&store, ConversationUpdate { title: Patch::Clear, ..keep() }, moment(1)).await;
    update(&store, ConversationUpdate { tags: Patch::Clear, ..keep() }, moment(2)).await;
    update(&store, ConversationUpdate { attributes: Patch::Clear, ..keep() }, moment(3)).await;
    update(&store, ConversationUpdate { assignee: Patch::Clear, ..keep() }, moment(4)).await;
    let last_user_read_at = Patch::Clear;
    let now = update(&store, ConversationUpdate { last_user_read_at, ..keep() }, moment(5)).await;

    let expected = a_conversation().id("conv_whole").status(Status::Resolved).build();
    let waiting_since = Some(moment(4));
    assert_eq!(now.conversation, Conversation { updated_at: moment(5), waiting_since, ..expected });
    assert_eq!(now.assignee, None);
}

/// Any status may follow any other.
pub async fn every_status_reads_back(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    stored_conversation(&store, everything_known()).await;

    for status in [Status::Open, Status::Closed, Status::Ended, Status::Resolved] {
        let set = ConversationUpdate { status: Some(status), ..ConversationUpdate::default() };
        assert_eq!(update(&store, set, moment(1)).await.conversation.status, status);
    }
}

/// An update that keeps every field, or sets what is there already, changes nothing at all.
pub async fn an_update_that_says_nothing_new_leaves_the_conversation_unchanged(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let stored = stored_conversation(&store, everything_known()).await.value;

    for nothing_new in [ConversationUpdate::default(), everything_again(&stored.conversation)] {
        let change = ConversationChange::Update(stored.conversation.id.clone(), nothing_new);
        let changes = a_change(moment(5)).with_conversation(change);
        let answer = commit(&store, changes).await.conversation.unwrap();
        assert_eq!(answer, Stored { value: stored.clone(), effect: Effect::Unchanged });
    }
    assert_eq!(details(&store, &stored.conversation.id).await, stored);
}

/// Attributes merge as RFC 7396 says, here too.
pub async fn attributes_of_a_conversation_merge(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    stored_conversation(&store, everything_known()).await;
    let patch = [("plan".into(), Value::Null), ("new".into(), Value::Bool(true))];
    let attributes = Patch::Set(patch.into_iter().collect());
    let now =
        update(&store, ConversationUpdate { attributes, ..ConversationUpdate::default() }, moment(1)).await;

    let expected = [("seats".into(), Value::Text("3".into())), ("new".into(), Value::Bool(true))];
    assert_eq!(now.conversation.attributes, expected.into_iter().collect());
}

/// Details show the user and the assignee as they are now, not as they were.
pub async fn details_show_user_and_assignee_as_they_are_now(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let id = stored_conversation(&store, everything_known()).await.value.conversation.id;
    let user = UserUpdate { name: Patch::Set("Jane Roe".into()), ..UserUpdate::default() };
    let agent = deskport_domain::AgentUpdate { disabled_at: Patch::Set(moment(1)), ..Default::default() };
    let changes = a_change(moment(1))
        .with_user(UserChange::Update(a_user().build().id, user))
        .with_agent(AgentChange::Update(an_agent().build().id, agent));
    let now = commit(&store, changes).await;

    let details = details(&store, &id).await;
    assert_eq!(Some(details.user), now.user.map(|user| user.value));
    assert_eq!(details.assignee, now.agent.map(|agent| agent.value));
}

/// A message touches its conversation at the moment of the commit, whatever its author's clock says.
pub async fn a_message_touches_its_conversation(store: Arc<dyn Store>) {
    let before = a_helpdesk(&store).await.conversation;
    posted_at(&store, moment(5), a_message().created_at(moment(99)).build()).await;

    assert_eq!(
        details(&store, &before.id).await.conversation,
        Conversation { updated_at: moment(5), ..before }
    );
}

/// A message from the past leaves the later moment.
pub async fn a_message_never_moves_its_conversation_back(store: Arc<dyn Store>) {
    let before = a_helpdesk(&store).await.conversation;
    posted_at(&store, moment(-5), a_message().created_at(moment(-5)).build()).await;

    assert_eq!(details(&store, &before.id).await.conversation, before);
}

/// Messages are taken in every status.
pub async fn a_closed_conversation_takes_messages(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let closed = a_conversation().id("conv_closed").status(Status::Closed).build();
    stored_conversation(&store, closed.clone()).await;

    assert_eq!(posted(&store, a_message().within(&closed).build()).await.effect, Effect::Created);
    assert_eq!(details(&store, &closed.id).await.conversation.status, Status::Closed);
}

/// Updates `conv_whole`; proves that the answer is what a later read gives.
async fn update(store: &Arc<dyn Store>, update: ConversationUpdate, at: Timestamp) -> ConversationDetails {
    let change = ConversationChange::Update(conversation_id("conv_whole"), update);
    let answer = commit(store, a_change(at).with_conversation(change)).await.conversation.unwrap();
    assert_eq!(answer.effect, Effect::Updated);
    assert_eq!(details(store, &answer.value.conversation.id).await, answer.value);
    answer.value
}

/// The conversation `conv_whole` of `user_jane`, which `agent_fin` looks after.
fn everything_known() -> Conversation {
    a_conversation()
        .id("conv_whole")
        .title("Prices")
        .tags(&["sales", "", "a,b \"c\""])
        .attributes([("plan", "pro"), ("seats", "3")].into_iter().collect())
        .status(Status::Resolved)
        .assigned_to(&an_agent().build())
        .last_user_read_at(moment(-1))
        .build()
}

fn everything_again(stored: &Conversation) -> ConversationUpdate {
    ConversationUpdate {
        title: Patch::Set(stored.title.clone().unwrap()),
        tags: Patch::Set(stored.tags.clone()),
        attributes: Patch::Set(stored.attributes.clone()),
        status: Some(stored.status),
        assignee: Patch::Set(stored.assignee.clone().unwrap()),
        last_user_read_at: Patch::Set(stored.last_user_read_at.unwrap()),
    }
}
