//! Behaviors of versions, by which a cache in front of a store sees whether it is still right. A
//! store that tells none keeps these promises, too.

use std::{fmt::Debug, slice, sync::Arc};

use deskport_domain::{Agent, AgentUpdate, AuthorId, Patch, UserUpdate};
use deskport_ports::{AgentChange, Erasure, Store, ThreadVersion, UserChange};

use super::given::{a_helpdesk, all_of, commit, page, posted, stored_conversation, stored_user};
use crate::build::{
    a_change, a_change_id, a_conversation, a_message, a_user, an_agent, conversation_id, moment, user_id,
};

async fn version(store: &Arc<dyn Store>, conversation: &str) -> Option<ThreadVersion> {
    store.thread_version(&conversation_id(conversation)).await.unwrap()
}

/// Whoever kept what was read before sees that it may have changed.
fn differs<T: PartialEq + Debug>(before: Option<&T>, after: Option<&T>) {
    assert!(before.is_none() || before != after, "{before:?} and {after:?}");
}

/// A message that is added makes another version, of which nothing before it is another edition.
pub async fn a_post_makes_another_version(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let before = version(&store, "conv_pricing").await;
    posted(&store, a_message().build()).await;
    let after = version(&store, "conv_pricing").await;
    differs(before.as_ref(), after.as_ref());
    assert_eq!(before.map(|version| version.edition), after.map(|version| version.edition));
}

/// Reading makes no other version: else nothing could be cached.
pub async fn reading_makes_no_other_version(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    posted(&store, a_message().build()).await;
    let before = version(&store, "conv_pricing").await;
    page(&store, &all_of(&conversation_id("conv_pricing"))).await;
    assert_eq!(version(&store, "conv_pricing").await, before);
}

/// Messages of a person who is forgotten go: that is another edition, also where only a guest went,
/// and where a conversation of the same name begins anew.
pub async fn an_erasure_makes_another_edition(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    posted(&store, a_message().build()).await;
    let other = a_user().id("user_other").build();
    stored_user(&store, other.clone()).await;
    let shared = a_conversation().id("conv_other").of(&other).build();
    stored_conversation(&store, shared.clone()).await;
    posted(&store, a_message().id("msg_guest").within(&shared).build()).await;
    let before = [version(&store, "conv_pricing").await, version(&store, "conv_other").await];

    let erasure = Erasure { id: a_change_id(), user: user_id("user_jane"), at: moment(9) };
    store.erase(&erasure).await.unwrap();
    a_helpdesk(&store).await;
    posted(&store, a_message().build()).await;
    let after = [version(&store, "conv_pricing").await, version(&store, "conv_other").await];
    for (before, after) in before.into_iter().zip(after) {
        let [before, after] = [before, after].map(|version| version.map(|version| version.edition));
        differs(before.as_ref(), after.as_ref());
    }
}

/// A profile that changes makes another version of the person, and of everybody.
pub async fn a_profile_has_versions(store: Arc<dyn Store>) {
    let fin: Agent = an_agent().build();
    a_helpdesk(&store).await;
    let (jane, fin) = (user_id("user_jane"), fin.id);
    let people = [AuthorId::EndUser(jane.clone()), AuthorId::Agent(fin.clone())];
    let update = UserUpdate { name: Patch::Set("Janet".into()), ..UserUpdate::default() };
    let of_user = a_change(moment(1)).with_user(UserChange::Update(jane, update));
    let update = AgentUpdate { name: Patch::Set("Finn".into()), ..AgentUpdate::default() };
    let of_agent = a_change(moment(1)).with_agent(AgentChange::Update(fin, update));
    for (person, change) in people.iter().zip([of_user, of_agent]) {
        let before = [&[][..], slice::from_ref(person), &people].map(|who| store.people_version(who));
        commit(&store, change).await;
        let after = [&[][..], slice::from_ref(person), &people].map(|who| store.people_version(who));
        for (before, after) in before.into_iter().zip(after) {
            differs(before.as_ref(), after.as_ref());
        }
    }
}
