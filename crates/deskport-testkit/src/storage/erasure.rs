//! Behaviors of forgetting a person.

use std::sync::Arc;

use deskport_domain::EventKind;
use deskport_ports::{Erasure, ErasureReceipt, SearchQuery, Store};

use super::given::{a_helpdesk, message_ids, posted, stored_conversation, stored_user};
use crate::build::{a_change_id, a_conversation, a_message, a_user, conversation_id, moment, user_id};

async fn erase(store: &Arc<dyn Store>, user: &str) -> Option<ErasureReceipt> {
    let erasure = Erasure { id: a_change_id(), user: user_id(user), at: moment(9) };
    store.erase(&erasure).await.unwrap()
}

/// Nobody unknown is erased, and nothing is told.
pub async fn an_unknown_user_is_not_erased(store: Arc<dyn Store>) {
    assert_eq!(erase(&store, "user_nobody").await, None);
    assert_eq!(store.events(0, 10).await.unwrap(), []);
}

/// The person goes, with conversations, messages, notifications and what search knew; others stay.
pub async fn everything_that_belongs_to_a_person_goes(store: Arc<dyn Store>) {
    let theirs = a_helpdesk(&store).await.conversation;
    posted(&store, a_message().body("<p>Zebra</p>").build()).await;
    posted(&store, a_message().id("msg_reply").by_agent().build()).await;
    let other = a_user().id("user_other").build();
    stored_user(&store, other.clone()).await;
    let shared = a_conversation().id("conv_other").of(&other).build();
    stored_conversation(&store, shared.clone()).await;
    posted(&store, a_message().id("msg_guest").within(&shared).build()).await;
    posted(&store, a_message().id("msg_host").within(&shared).by_user(&other).build()).await;

    assert_eq!(erase(&store, "user_jane").await, Some(ErasureReceipt { conversations: 1, messages: 3 }));
    assert_eq!(store.user(&user_id("user_jane")).await.unwrap(), None);
    assert_eq!(store.conversation(&theirs.id).await.unwrap(), None);
    assert_eq!(store.delivery(&theirs.id).await.unwrap(), None);
    assert_eq!(message_ids(&store, &conversation_id("conv_other")).await, ["msg_host"]);
    let zebra = SearchQuery { words: vec!["zebra".into()], limit: 10 };
    assert_eq!(store.search(&zebra).await.unwrap(), []);
    assert_eq!(erase(&store, "user_jane").await, None, "once is enough");
}

/// One event tells of it.
pub async fn an_erasure_is_one_event(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let before = store.events(0, 100).await.unwrap().last().unwrap().position;
    erase(&store, "user_jane").await;
    let [logged] = &store.events(before, 100).await.unwrap()[..] else { panic!("one event tells of it") };
    assert_eq!(
        (logged.event.kind, logged.event.user.clone()),
        (EventKind::UserDeleted, Some(user_id("user_jane")))
    );
}

/// Messages that are written after an erasure follow those that stayed.
pub async fn order_goes_on_after_an_erasure(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let other = a_user().id("user_other").build();
    stored_user(&store, other.clone()).await;
    let shared = a_conversation().id("conv_other").of(&other).build();
    stored_conversation(&store, shared.clone()).await;
    posted(&store, a_message().id("msg_host").within(&shared).by_user(&other).build()).await;
    posted(&store, a_message().id("msg_guest").within(&shared).build()).await;
    erase(&store, "user_jane").await;
    posted(&store, a_message().id("msg_last").within(&shared).by_user(&other).build()).await;
    assert_eq!(message_ids(&store, &shared.id).await, ["msg_host", "msg_last"]);
}
