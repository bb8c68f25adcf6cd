//! What a store promises about agents.

use std::sync::Arc;

use deskport_domain::{Agent, AgentUpdate, Patch, Timestamp};
use deskport_ports::{AgentChange, Effect, Store, Stored};

use crate::{
    build::{a_change, agent_id, an_agent, moment},
    storage::given::{commit, stored_agent},
};

/// An agent that nobody stored is not there.
pub async fn an_unknown_agent_is_none(store: Arc<dyn Store>) {
    stored_agent(&store, an_agent().id("agent_fin").build()).await;

    assert_eq!(store.agent(&agent_id("agent_john")).await.unwrap(), None);
    assert_eq!(store.agent(&agent_id("AGENT_FIN")).await.unwrap(), None, "ids differ by case");
}

/// What was stored is what the commit answers and what a later read gives, field by field.
pub async fn a_new_agent_reads_back_whole(store: Arc<dyn Store>) {
    let ann = everything_known();
    let answer = stored_agent(&store, ann.clone()).await;

    assert_eq!(answer, Stored { value: ann.clone(), effect: Effect::Created });
    assert_eq!(store.agent(&ann.id).await.unwrap(), Some(ann));
}

/// An agent of whom nothing is known has no value in any field, not an empty one.
pub async fn a_new_agent_without_details_reads_back_whole(store: Arc<dyn Store>) {
    let unnamed = an_agent().build();
    stored_agent(&store, unnamed.clone()).await;

    assert_eq!(store.agent(&unnamed.id).await.unwrap(), Some(unnamed));
}

/// A second create with other content leaves the first one's, and answers it.
pub async fn a_repeated_create_keeps_the_first_agent(store: Arc<dyn Store>) {
    let first = everything_known();
    stored_agent(&store, first.clone()).await;
    let answer = stored_agent(&store, an_agent().name("Somebody else").created_at(moment(9)).build()).await;

    assert_eq!(answer, Stored { value: first.clone(), effect: Effect::Unchanged });
    assert_eq!(store.agent(&first.id).await.unwrap(), Some(first));
}

/// Setting one field changes that field and `updated_at`, and keeps all others.
pub async fn each_field_of_an_agent_can_be_set(store: Arc<dyn Store>) {
    let keep = AgentUpdate::default;
    stored_agent(&store, everything_known()).await;
    update(&store, AgentUpdate { name: Patch::Set("Fin 2".into()), ..keep() }, moment(1)).await;
    update(&store, AgentUpdate { email: Patch::Set("".into()), ..keep() }, moment(2)).await;
    update(&store, AgentUpdate { alias: Patch::Set("F".into()), ..keep() }, moment(3)).await;
    let photo_url = Patch::Set("https://example.com/b.png".into());
    update(&store, AgentUpdate { photo_url, ..keep() }, moment(4)).await;
    let disabled_at = Patch::Set(moment(99));
    let agent = update(&store, AgentUpdate { disabled_at, ..keep() }, moment(5)).await;

    let expected = an_agent().name("Fin 2").email("").alias("F").photo_url("https://example.com/b.png");
    assert_eq!(agent, Agent { updated_at: moment(5), ..expected.disabled_at(moment(99)).build() });
}

/// Clearing one field leaves it without a value, and keeps all others.
pub async fn each_field_of_an_agent_can_be_cleared(store: Arc<dyn Store>) {
    let keep = AgentUpdate::default;
    stored_agent(&store, everything_known()).await;
    update(&store, AgentUpdate { name: Patch::Clear, ..keep() }, moment(1)).await;
    update(&store, AgentUpdate { email: Patch::Clear, ..keep() }, moment(2)).await;
    update(&store, AgentUpdate { alias: Patch::Clear, ..keep() }, moment(3)).await;
    update(&store, AgentUpdate { photo_url: Patch::Clear, ..keep() }, moment(4)).await;
    let agent = update(&store, AgentUpdate { disabled_at: Patch::Clear, ..keep() }, moment(5)).await;

    assert_eq!(agent, Agent { updated_at: moment(5), ..an_agent().build() });
}

/// An update that keeps every field, or sets what is there already, changes nothing at all.
pub async fn an_update_that_says_nothing_new_leaves_the_agent_unchanged(store: Arc<dyn Store>) {
    let agent = everything_known();
    stored_agent(&store, agent.clone()).await;

    for nothing_new in [AgentUpdate::default(), everything_again(&agent)] {
        let change = AgentChange::Update(agent.id.clone(), nothing_new);
        let answer = commit(&store, a_change(moment(6)).with_agent(change)).await.agent.unwrap();
        assert_eq!(answer, Stored { value: agent.clone(), effect: Effect::Unchanged });
    }
    assert_eq!(store.agent(&agent.id).await.unwrap(), Some(agent));
}

/// An upsert of an unknown agent makes one out of the update; of a known one it is an update.
pub async fn an_upsert_makes_or_changes_an_agent(store: Arc<dyn Store>) {
    let upsert = |name: &str, at| {
        let named = AgentUpdate { name: Patch::Set(name.into()), ..AgentUpdate::default() };
        a_change(at).with_agent(AgentChange::Upsert(agent_id("agent_fin"), named))
    };
    let made = commit(&store, upsert("Fin", moment(7))).await.agent.unwrap();
    let changed = commit(&store, upsert("Fin 2", moment(8))).await.agent.unwrap();

    let fin = an_agent().name("Fin").created_at(moment(7)).build();
    assert_eq!(made, Stored { value: fin.clone(), effect: Effect::Created });
    let fin = Agent { name: Some("Fin 2".into()), updated_at: moment(8), ..fin };
    assert_eq!(changed, Stored { value: fin.clone(), effect: Effect::Updated });
    assert_eq!(store.agent(&fin.id).await.unwrap(), Some(fin));
}

/// The list has every agent, disabled ones too, oldest first; ties by the bytes of their ids.
pub async fn agents_are_listed_oldest_first(store: Arc<dyn Store>) {
    assert_eq!(store.agents().await.unwrap(), []);
    let in_order = [
        an_agent().id("agent_z").created_at(moment(-1)).build(),
        an_agent().id("agent_!").build(),
        an_agent().id("agent_B").disabled_at(moment(3)).build(),
        an_agent().id("agent_a").build(),
        an_agent().id("agent_a-b").build(),
        an_agent().id("agent_aa").build(),
        an_agent().id("agent_Z").created_at(moment(1)).build(),
    ];
    for place in [3, 0, 6, 5, 2, 4, 1] {
        stored_agent(&store, in_order[place].clone()).await;
    }

    assert_eq!(store.agents().await.unwrap(), in_order);
}

/// Updates `agent_fin`; proves that the answer is what a later read gives.
async fn update(store: &Arc<dyn Store>, update: AgentUpdate, at: Timestamp) -> Agent {
    let change = AgentChange::Update(agent_id("agent_fin"), update);
    let answer = commit(store, a_change(at).with_agent(change)).await.agent.unwrap();
    assert_eq!(answer.effect, Effect::Updated);
    assert_eq!(store.agent(&answer.value.id).await.unwrap().as_ref(), Some(&answer.value));
    answer.value
}

fn everything_known() -> Agent {
    an_agent()
        .name("Fin")
        .email("fin@example.com")
        .alias("The helper")
        .photo_url("https://example.com/fin.png")
        .disabled_at(moment(-7))
        .build()
}

fn everything_again(agent: &Agent) -> AgentUpdate {
    AgentUpdate {
        name: Patch::Set(agent.name.clone().unwrap()),
        email: Patch::Set(agent.email.clone().unwrap()),
        alias: Patch::Set(agent.alias.clone().unwrap()),
        photo_url: Patch::Set(agent.photo_url.clone().unwrap()),
        disabled_at: Patch::Set(agent.disabled_at.unwrap()),
    }
}
