//! What a store promises when many callers come at once: one of them creates, no update is lost,
//! and nobody sees half a commit.

use std::sync::Arc;

use deskport_domain::{
    AgentUpdate, Attributes, Conversation, ConversationUpdate, EndUser, Patch, UserUpdate, Value,
};
use deskport_ports::{AgentChange, ConversationChange, Effect, Store, UserChange};

use crate::{
    build::{
        a_change, a_conversation, a_message, a_user, agent_id, an_agent, conversation_id, moment, user_id,
    },
    storage::{
        crowd::all_at_once,
        given::{a_helpdesk, all_of, commit, details, messages, stored_agent, stored_user},
    },
};

/// 64 callers create one user: one of them creates it, and all get that one.
pub async fn one_of_64_repeats_creates_the_user(store: Arc<dyn Store>) {
    let answers = all_at_once(64, |caller| {
        let store = Arc::clone(&store);
        async move { stored_user(&store, a_user().name(format!("Jane {caller}")).build()).await }
    })
    .await;

    let stored = store.user(&user_id("user_jane")).await.unwrap().unwrap();
    assert!(answers.iter().all(|answer| answer.value == stored), "everybody gets what is stored");
    exactly_one_created(answers.iter().map(|answer| answer.effect));
}

/// 64 callers create one agent: one of them creates it, and all get that one.
pub async fn one_of_64_repeats_creates_the_agent(store: Arc<dyn Store>) {
    let answers = all_at_once(64, |caller| {
        let store = Arc::clone(&store);
        async move { stored_agent(&store, an_agent().name(format!("Fin {caller}")).build()).await }
    })
    .await;

    let stored = store.agents().await.unwrap();
    assert!(answers.iter().all(|answer| [answer.value.clone()] == *stored), "everybody gets what is stored");
    exactly_one_created(answers.iter().map(|answer| answer.effect));
}

/// 64 callers create one conversation with its first message: one of them creates both.
pub async fn one_of_64_repeats_creates_the_conversation(store: Arc<dyn Store>) {
    stored_user(&store, a_user().build()).await;
    let answers = all_at_once(64, |caller| {
        let store = Arc::clone(&store);
        let changes = a_change(moment(0))
            .with_conversation(ConversationChange::Create(
                a_conversation().title(format!("Title {caller}")).build(),
            ))
            .with_message(a_message().body(&format!("<p>Body {caller}</p>")).build());
        async move { commit(&store, changes).await }
    })
    .await;

    let id = conversation_id("conv_pricing");
    let (stored, messages) = (details(&store, &id).await, messages(&store, &id).await);
    assert_eq!(messages.len(), 1);
    for answer in &answers {
        let (conversation, message) =
            (answer.conversation.as_ref().unwrap(), answer.message.as_ref().unwrap());
        assert_eq!((&conversation.value, &message.value.message), (&stored, &messages[0]));
        assert_eq!(conversation.effect, message.effect, "who creates the one creates the other");
    }
    exactly_one_created(answers.iter().map(|answer| answer.message.as_ref().unwrap().effect));
}

/// 64 callers post one message: one of them creates it, and all get that one.
pub async fn one_of_64_repeats_creates_the_message(store: Arc<dyn Store>) {
    let conversation = a_helpdesk(&store).await.conversation;
    let answers = all_at_once(64, |caller| {
        let store = Arc::clone(&store);
        let message = a_message().body(&format!("<p>Body {caller}</p>")).build();
        async move { commit(&store, a_change(moment(0)).with_message(message)).await.message.unwrap() }
    })
    .await;

    let stored = messages(&store, &conversation.id).await;
    assert!(answers.iter().all(|answer| [answer.value.message.clone()] == *stored));
    exactly_one_created(answers.iter().map(|answer| answer.effect));
}

/// Of 16 upserts of one unknown user one makes it, and none is lost.
pub async fn one_of_16_upserts_makes_the_user(store: Arc<dyn Store>) {
    let answers = all_at_once(16, |caller| {
        let store = Arc::clone(&store);
        let update = UserUpdate { attributes: Patch::Set(mark(caller)), ..UserUpdate::default() };
        let upsert = UserChange::Upsert(user_id("user_jane"), update);
        async move { commit(&store, a_change(moment(0)).with_user(upsert)).await.user.unwrap() }
    })
    .await;

    let stored = store.user(&user_id("user_jane")).await.unwrap().unwrap();
    assert_eq!(stored, EndUser { attributes: all_marks(), ..a_user().build() });
    let made = answers.iter().filter(|answer| answer.effect == Effect::Created).count();
    let changed = answers.iter().filter(|answer| answer.effect == Effect::Updated).count();
    assert_eq!((made, changed), (1, 15));
}

/// Of 16 updates of one user's attributes none is lost.
pub async fn no_update_of_a_user_is_lost(store: Arc<dyn Store>) {
    stored_user(&store, a_user().build()).await;
    all_at_once(16, |caller| {
        let store = Arc::clone(&store);
        let update = UserUpdate { attributes: Patch::Set(mark(caller)), ..UserUpdate::default() };
        let change = UserChange::Update(user_id("user_jane"), update);
        async move { commit(&store, a_change(moment(0)).with_user(change)).await }
    })
    .await;

    let stored = store.user(&user_id("user_jane")).await.unwrap().unwrap();
    assert_eq!(stored.attributes, all_marks());
}

/// Of updates of different fields of one agent none is lost.
pub async fn no_update_of_an_agent_is_lost(store: Arc<dyn Store>) {
    stored_agent(&store, an_agent().build()).await;
    let text = || Patch::Set("new".into());
    let updates = [
        AgentUpdate { name: text(), ..AgentUpdate::default() },
        AgentUpdate { email: text(), ..AgentUpdate::default() },
        AgentUpdate { alias: text(), ..AgentUpdate::default() },
        AgentUpdate { photo_url: text(), ..AgentUpdate::default() },
        AgentUpdate { disabled_at: Patch::Set(moment(0)), ..AgentUpdate::default() },
    ];
    all_at_once(updates.len(), |caller| {
        let store = Arc::clone(&store);
        let change = AgentChange::Update(agent_id("agent_fin"), updates[caller].clone());
        async move { commit(&store, a_change(moment(0)).with_agent(change)).await }
    })
    .await;

    let expected = an_agent().name("new").email("new").alias("new").photo_url("new").disabled_at(moment(0));
    assert_eq!(store.agents().await.unwrap(), [expected.build()]);
}

/// Of 16 updates of one conversation's attributes none is lost, although each comes with a message
/// that touches the conversation.
pub async fn no_update_of_a_conversation_is_lost(store: Arc<dyn Store>) {
    let id = a_helpdesk(&store).await.conversation.id;
    all_at_once(16, |caller| {
        let store = Arc::clone(&store);
        let update =
            ConversationUpdate { attributes: Patch::Set(mark(caller)), ..ConversationUpdate::default() };
        let changes = a_change(moment(0))
            .with_conversation(ConversationChange::Update(id.clone(), update))
            .with_message(a_message().id(&caller.to_string()).build());
        async move { commit(&store, changes).await }
    })
    .await;

    assert_eq!(details(&store, &id).await.conversation.attributes, all_marks());
    assert_eq!(messages(&store, &id).await.len(), 16);
}

/// While users and conversations change together in either order of arrival, every commit goes
/// through: nobody waits for ever, and a store that must retry does so by itself.
pub async fn crossing_commits_all_go_through(store: Arc<dyn Store>) {
    let id = a_helpdesk(&store).await.conversation.id;
    all_at_once(32, |caller| {
        let store = Arc::clone(&store);
        let attributes = || Patch::Set(mark(caller / 2));
        let user = UserUpdate { attributes: attributes(), ..UserUpdate::default() };
        let conversation = ConversationUpdate { attributes: attributes(), ..ConversationUpdate::default() };
        let changes = a_change(moment(0))
            .with_conversation(ConversationChange::Update(id.clone(), conversation))
            .with_message(a_message().id(&caller.to_string()).by_agent().build());
        let user = UserChange::Update(user_id("user_jane"), user);
        let changes = if caller % 2 == 0 { changes.with_user(user) } else { changes };
        async move { commit(&store, changes).await }
    })
    .await;

    let stored = details(&store, &id).await;
    assert_eq!((stored.conversation.attributes, stored.user.attributes), (all_marks(), all_marks()));
    assert_eq!(messages(&store, &id).await.len(), 32);
}

/// Whoever finds a conversation finds the message that was committed with it.
pub async fn nobody_sees_a_conversation_without_its_first_message(store: Arc<dyn Store>) {
    stored_user(&store, a_user().build()).await;
    all_at_once(16, |caller| {
        let store = Arc::clone(&store);
        async move {
            let conversation = a_conversation().id(&format!("conv_{caller}")).build();
            let query = all_of(&conversation.id);
            let writer = tokio::spawn(create_with_message(Arc::clone(&store), conversation));
            let mut is_written = false;
            while !is_written {
                is_written = writer.is_finished();
                let found = store.messages(&query).await.unwrap().map(|page| page.messages.len());
                assert!(matches!(found, None | Some(1)), "found {found:?} messages");
                tokio::task::yield_now().await;
            }
            writer.await.unwrap();
        }
    })
    .await;
}

/// A read sees every commit that had returned before it began, whichever task made it.
pub async fn a_read_sees_every_commit_before_it(store: Arc<dyn Store>) {
    let id = a_helpdesk(&store).await.conversation.id;
    all_at_once(16, |caller| {
        let (store, id) = (Arc::clone(&store), id.clone());
        async move {
            for number in 0..10 {
                let message = a_message().id(&format!("msg_{caller}_{number}")).build();
                commit(&store, a_change(moment(0)).with_message(message.clone())).await;
                let (reader, id) = (Arc::clone(&store), id.clone());
                let found = tokio::spawn(async move { messages(&reader, &id).await });
                assert!(found.await.unwrap().contains(&message));
            }
        }
    })
    .await;
}

async fn create_with_message(store: Arc<dyn Store>, conversation: Conversation) {
    let message = a_message().within(&conversation).build();
    let create = ConversationChange::Create(conversation);
    commit(&store, a_change(moment(0)).with_conversation(create).with_message(message)).await;
}

fn exactly_one_created(effects: impl Iterator<Item = Effect>) {
    let (created, others): (Vec<_>, Vec<_>) = effects.partition(|effect| *effect == Effect::Created);
    assert_eq!(created.len(), 1, "exactly one caller creates");
    assert!(others.iter().all(|effect| *effect == Effect::Unchanged), "all others change nothing");
}

fn mark(caller: usize) -> Attributes {
    [(format!("caller {caller}").into(), Value::Bool(true))].into_iter().collect()
}

fn all_marks() -> Attributes {
    (0..16).flat_map(mark).collect()
}
