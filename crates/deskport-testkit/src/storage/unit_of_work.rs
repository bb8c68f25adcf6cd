//! What a store promises about a commit: all or nothing, references checked, parts in order.

use std::sync::Arc;

use deskport_domain::{AgentUpdate, AuthorId, ConversationUpdate, Patch, UserUpdate};
use deskport_ports::{AgentChange, ChangeSet, ConversationChange, Effect, Missing, Store, UserChange};

use crate::{
    build::{
        a_change, a_conversation, a_message, a_user, agent_id, an_agent, conversation_id, moment, user_id,
    },
    storage::given::{a_helpdesk, all_of, commit, details, messages, refused},
};

/// A conversation can be created together with its user, its assignee and its first message, and
/// the answer shows all of them.
pub async fn everything_can_be_created_at_once(store: Arc<dyn Store>) {
    let committed = commit(&store, everything_new()).await;

    let (user, agent) = (committed.user.unwrap(), committed.agent.unwrap());
    let (conversation, message) = (committed.conversation.unwrap(), committed.message.unwrap());
    let effects = [user.effect, agent.effect, conversation.effect, message.effect];
    assert_eq!(effects, [Effect::Created; 4]);
    assert_eq!((&conversation.value.user, &conversation.value.assignee), (&user.value, &Some(agent.value)));
    let touched = conversation.value.conversation.updated_at;
    assert_eq!(touched, moment(5), "the answer shows the conversation after its first message");
    let id = &conversation.value.conversation.id;
    assert_eq!(details(&store, id).await, conversation.value);
    assert_eq!(messages(&store, id).await, [message.value.message]);
}

/// A repeat of all that changes nothing, and answers what is stored.
pub async fn a_repeat_of_everything_changes_nothing(store: Arc<dyn Store>) {
    let first = commit(&store, everything_new()).await;
    let again = commit(&store, ChangeSet { at: moment(9), ..everything_new() }).await;

    assert_eq!(again.user.unwrap().effect, Effect::Unchanged);
    assert_eq!(again.agent.unwrap().effect, Effect::Unchanged);
    let (conversation, message) = (again.conversation.unwrap(), again.message.unwrap());
    assert_eq!((conversation.effect, message.effect), (Effect::Unchanged, Effect::Unchanged));
    assert_eq!(conversation.value, first.conversation.unwrap().value);
    assert_eq!(message.value, first.message.unwrap().value);
}

/// If the author of the first message is missing, neither user, agent, conversation nor message
/// are stored.
pub async fn a_creation_with_a_missing_author_stores_nothing(store: Arc<dyn Store>) {
    let stranger = AuthorId::EndUser(user_id("user_stranger"));
    let changes = everything_new().with_message(a_message().by(stranger).build());
    assert_eq!(refused(&store, changes).await, Missing::Author);

    assert_nothing_is_stored(&store).await;
}

/// If the message's conversation is missing, nothing of the rest is stored.
pub async fn a_creation_with_a_missing_conversation_stores_nothing(store: Arc<dyn Store>) {
    let elsewhere = a_conversation().id("conv_nowhere").build();
    let changes = everything_new().with_message(a_message().within(&elsewhere).build());
    assert_eq!(refused(&store, changes).await, Missing::MessageConversation);

    assert_nothing_is_stored(&store).await;
}

/// If the message fails, updates of agent, user and conversation are taken back too.
pub async fn a_refused_commit_takes_its_updates_back(store: Arc<dyn Store>) {
    let before = a_helpdesk(&store).await;
    let agents = store.agents().await.unwrap();
    let stranger = AuthorId::Agent(agent_id("agent_stranger"));
    let changes = renames().with_message(a_message().by(stranger).build());
    assert_eq!(refused(&store, changes).await, Missing::Author);

    assert_eq!(details(&store, &before.conversation.id).await, before);
    assert_eq!(store.agents().await.unwrap(), agents);
    assert_eq!(messages(&store, &before.conversation.id).await, []);
}

/// Updates of agent, user and conversation are stored together, and the answer shows the
/// conversation after all of them.
pub async fn the_answer_shows_the_conversation_after_everything(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let committed = commit(&store, renames().with_message(a_message().by_agent().build())).await;

    let conversation = committed.conversation.unwrap();
    assert_eq!(conversation.effect, Effect::Updated);
    assert_eq!(conversation.value.user, committed.user.unwrap().value);
    assert_eq!(conversation.value.assignee, Some(committed.agent.unwrap().value));
    assert_eq!(details(&store, &conversation.value.conversation.id).await, conversation.value);
}

/// Each reference that leads nowhere is named by its role, and nothing is written.
pub async fn each_missing_reference_is_named(store: Arc<dyn Store>) {
    let before = a_helpdesk(&store).await;
    for (changes, missing) in [
        (with_unknown_agent(nothing()), Missing::Agent),
        (with_unknown_user(nothing()), Missing::User),
        (with_unknown_conversation(nothing()), Missing::Conversation),
        (with_conversation_of_unknown_user(nothing()), Missing::ConversationUser),
        (with_new_conversation_of_unknown_assignee(nothing()), Missing::Assignee),
        (with_unknown_assignee(nothing()), Missing::Assignee),
        (with_message_elsewhere(nothing()), Missing::MessageConversation),
        (with_message_by_unknown_user(nothing()), Missing::Author),
        (with_message_by_unknown_agent(nothing()), Missing::Author),
    ] {
        assert_eq!(refused(&store, changes).await, missing);
    }

    assert_eq!(details(&store, &before.conversation.id).await, before);
    assert_eq!(messages(&store, &before.conversation.id).await, []);
    assert_eq!(store.conversation(&conversation_id("conv_new")).await.unwrap(), None);
}

/// Of several references that lead nowhere the first one is named, in the order of the fields.
pub async fn the_first_missing_reference_is_named(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let posting = |changes| with_message_by_unknown_user(changes);
    let from_conversation = |changes| posting(with_unknown_conversation(changes));
    let from_user = |changes| from_conversation(with_unknown_user(changes));

    assert_eq!(refused(&store, with_unknown_agent(from_user(nothing()))).await, Missing::Agent);
    assert_eq!(refused(&store, from_user(nothing())).await, Missing::User);
    assert_eq!(refused(&store, from_conversation(nothing())).await, Missing::Conversation);
    let changes = posting(with_conversation_of_unknown_user(nothing()));
    assert_eq!(refused(&store, changes).await, Missing::ConversationUser);
    let changes = posting(with_unknown_assignee(nothing()));
    assert_eq!(refused(&store, changes).await, Missing::Assignee);
    let stranger = AuthorId::Agent(agent_id("agent_stranger"));
    let elsewhere = a_conversation().id("conv_nowhere").build();
    let nowhere = nothing().with_message(a_message().within(&elsewhere).by(stranger).build());
    assert_eq!(refused(&store, nowhere).await, Missing::MessageConversation);
}

/// An upsert never misses anything, and what it makes can be referred to in the same commit.
pub async fn what_an_upsert_makes_can_be_referred_to(store: Arc<dyn Store>) {
    let changes = a_change(moment(0))
        .with_agent(AgentChange::Upsert(agent_id("agent_fin"), AgentUpdate::default()))
        .with_user(UserChange::Upsert(user_id("user_jane"), UserUpdate::default()))
        .with_conversation(ConversationChange::Create(a_conversation().build()))
        .with_message(a_message().by_agent().build());
    let committed = commit(&store, changes).await;

    assert_eq!(committed.conversation.unwrap().value.user, a_user().build());
    let fin = deskport_domain::Author::Agent(an_agent().build());
    assert_eq!(committed.message.unwrap().value.author, fin);
}

/// A disabled agent stays an author and an assignee that can be referred to.
pub async fn a_disabled_agent_can_be_referred_to(store: Arc<dyn Store>) {
    let changes = ChangeSet {
        agent: Some(AgentChange::Create(an_agent().disabled_at(moment(-1)).build())),
        ..everything_new().with_message(a_message().by_agent().build())
    };

    assert_eq!(commit(&store, changes).await.message.unwrap().effect, Effect::Created);
}

/// A commit without any part is accepted, and answers nothing.
pub async fn an_empty_commit_does_nothing(store: Arc<dyn Store>) {
    assert_eq!(commit(&store, nothing()).await, deskport_ports::Committed::default());
}

async fn assert_nothing_is_stored(store: &Arc<dyn Store>) {
    let conversation = a_conversation().build();
    assert_eq!(store.user(&conversation.user).await.unwrap(), None);
    assert_eq!(store.agents().await.unwrap(), []);
    assert_eq!(store.conversation(&conversation.id).await.unwrap(), None);
    assert_eq!(store.messages(&all_of(&conversation.id)).await.unwrap(), None);
}

fn nothing() -> ChangeSet {
    a_change(moment(5))
}

fn everything_new() -> ChangeSet {
    let agent = an_agent().name("Fin").build();
    nothing()
        .with_conversation(ConversationChange::Create(a_conversation().assigned_to(&agent).build()))
        .with_agent(AgentChange::Create(agent))
        .with_user(UserChange::Create(a_user().name("Jane Doe").build()))
        .with_message(a_message().build())
}

/// New names for the objects of [`a_helpdesk`], and an assignee.
fn renames() -> ChangeSet {
    let agent = AgentUpdate { name: Patch::Set("Fin 2".into()), ..AgentUpdate::default() };
    let user = UserUpdate { name: Patch::Set("Jane Roe".into()), ..UserUpdate::default() };
    let conversation = ConversationUpdate {
        title: Patch::Set("Renamed".into()),
        assignee: Patch::Set(agent_id("agent_fin")),
        ..ConversationUpdate::default()
    };
    nothing()
        .with_agent(AgentChange::Update(agent_id("agent_fin"), agent))
        .with_user(UserChange::Update(user_id("user_jane"), user))
        .with_conversation(ConversationChange::Update(conversation_id("conv_pricing"), conversation))
}

fn with_unknown_agent(changes: ChangeSet) -> ChangeSet {
    changes.with_agent(AgentChange::Update(agent_id("agent_stranger"), AgentUpdate::default()))
}

fn with_unknown_user(changes: ChangeSet) -> ChangeSet {
    changes.with_user(UserChange::Update(user_id("user_stranger"), UserUpdate::default()))
}

/// Both the conversation and its new assignee are unknown: the conversation comes first.
fn with_unknown_conversation(changes: ChangeSet) -> ChangeSet {
    let assignee = Patch::Set(agent_id("agent_stranger"));
    let update = ConversationUpdate { assignee, ..ConversationUpdate::default() };
    changes.with_conversation(ConversationChange::Update(conversation_id("conv_nowhere"), update))
}

/// Both the user and the assignee are unknown: the user comes first.
fn with_conversation_of_unknown_user(changes: ChangeSet) -> ChangeSet {
    let (user, assignee) = (a_user().id("user_stranger").build(), an_agent().id("agent_stranger").build());
    let new = a_conversation().id("conv_new").of(&user).assigned_to(&assignee).build();
    changes.with_conversation(ConversationChange::Create(new))
}

fn with_new_conversation_of_unknown_assignee(changes: ChangeSet) -> ChangeSet {
    let new = a_conversation().id("conv_new").assigned_to(&an_agent().id("agent_stranger").build());
    changes.with_conversation(ConversationChange::Create(new.build()))
}

fn with_unknown_assignee(changes: ChangeSet) -> ChangeSet {
    let assignee = Patch::Set(agent_id("agent_stranger"));
    let title = Patch::Set("Never stored".into());
    let update = ConversationUpdate { title, assignee, ..ConversationUpdate::default() };
    changes.with_conversation(ConversationChange::Update(conversation_id("conv_pricing"), update))
}

fn with_message_elsewhere(changes: ChangeSet) -> ChangeSet {
    changes.with_message(a_message().within(&a_conversation().id("conv_nowhere").build()).build())
}

/// The id belongs to an agent, and an agent is no end user.
fn with_message_by_unknown_user(changes: ChangeSet) -> ChangeSet {
    changes.with_message(a_message().by(AuthorId::EndUser(user_id("agent_fin"))).build())
}

/// The id belongs to an end user, and an end user is no agent.
fn with_message_by_unknown_agent(changes: ChangeSet) -> ChangeSet {
    changes.with_message(a_message().by(AuthorId::Agent(agent_id("user_jane"))).build())
}
