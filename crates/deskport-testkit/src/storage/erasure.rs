//! Behaviors of forgetting a person.

use std::sync::Arc;

use deskport_domain::EventKind;
use deskport_ports::{Effect, Erasure, ErasureReceipt, Missing, SearchQuery, Store};

use super::given::{a_helpdesk, message_ids, posted, refused, stored_conversation, stored_user};
use crate::build::{
    a_change, a_change_id, a_conversation, a_message, a_user, conversation_id, moment, user_id,
};

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

/// What an erased person wrote is not found any more, and what others wrote between is.
pub async fn an_erased_message_is_not_found_by_its_id(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let other = a_user().id("user_other").build();
    stored_user(&store, other.clone()).await;
    let shared = a_conversation().id("conv_other").of(&other).build();
    stored_conversation(&store, shared.clone()).await;
    let message = |number: usize| {
        let message = a_message().id(&format!("msg_{number}")).within(&shared);
        if number.is_multiple_of(3) { message.build() } else { message.by_user(&other).build() }
    };
    for number in 0..50 {
        posted(&store, message(number)).await;
    }
    erase(&store, "user_jane").await;

    for number in 0..50 {
        let found = store.message(&shared.id, &message(number).id).await.unwrap();
        assert_eq!(found.is_none(), number.is_multiple_of(3), "{number}");
    }
    let again = a_message().id("msg_0").within(&shared).by_user(&other).build();
    assert_eq!(posted(&store, again).await.effect, Effect::Created, "the id is free again");
}

/// A post in the name of an erased person, or to one's conversation, is refused, although posts
/// before the erasure were not.
pub async fn nobody_posts_as_or_to_an_erased_person(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let other = a_user().id("user_other").build();
    stored_user(&store, other.clone()).await;
    let shared = a_conversation().id("conv_other").of(&other).build();
    stored_conversation(&store, shared.clone()).await;
    let as_them = |id: &str| a_message().id(id).within(&shared).build();
    let to_them = |id: &str| a_message().id(id).by_agent().build();
    posted(&store, as_them("1")).await;
    posted(&store, to_them("2")).await;
    erase(&store, "user_jane").await;

    let post = |message| a_change(moment(10)).with_message(message);
    assert_eq!(refused(&store, post(as_them("3"))).await, Missing::Author);
    assert_eq!(refused(&store, post(to_them("4"))).await, Missing::MessageConversation);
}
