//! Behaviors of the event log: what is told, in which order, and until when.

use std::sync::Arc;

use deskport_domain::{AgentUpdate, ConversationUpdate, EventKind, MessageId, Origin, Patch, UserUpdate};
use deskport_ports::{AgentChange, ConversationChange, Lease, LogBounds, LoggedEvent, Store, UserChange};

use super::{
    crowd::all_at_once,
    given::{a_helpdesk, commit, posted, refused},
};
use crate::build::{
    a_change, a_change_by_fin, a_change_id, a_conversation, a_message, a_user, agent_id, conversation_id,
    moment, user_id,
};

/// Everything in the log after a position.
async fn events_after(store: &Arc<dyn Store>, after: u64) -> Vec<LoggedEvent> {
    store.events(after, 10_000).await.unwrap()
}

async fn kinds(store: &Arc<dyn Store>) -> Vec<EventKind> {
    events_after(store, 0).await.into_iter().map(|logged| logged.event.kind).collect()
}

async fn newest(store: &Arc<dyn Store>) -> u64 {
    events_after(store, 0).await.last().map_or(0, |logged| logged.position)
}

/// A log in which nothing happened holds nothing.
pub async fn a_fresh_log_is_empty(store: Arc<dyn Store>) {
    assert_eq!(events_after(&store, 0).await, []);
    assert_eq!(store.log_bounds().await.unwrap(), LogBounds::default());
}

/// One change tells of each of its parts, in the order of the change set.
pub async fn each_part_of_a_change_is_an_event(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    posted(&store, a_message().build()).await;
    posted(&store, a_message().id("msg_note").by_agent().private().build()).await;

    let names: Vec<_> = kinds(&store).await.into_iter().map(EventKind::name).collect();
    let expected =
        ["agent.created", "user.created", "conversation.created", "message.created", "note.created"];
    assert_eq!(names, expected);
}

/// An event names who did what, when, and to whom.
pub async fn an_event_reads_back_whole(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let before = newest(&store).await;
    let change = a_change_by_fin(moment(9)).with_message(a_message().id("msg_1").build());
    let id = change.id;
    commit(&store, change).await;

    let [logged] = &events_after(&store, before).await[..] else { panic!("one message is one event") };
    let event = &logged.event;
    assert_eq!(event.id, deskport_domain::EventId::of(id, 0));
    assert_eq!((event.origin, event.kind, event.at), (Origin::Fin, EventKind::MessageCreated, moment(9)));
    assert_eq!(event.conversation, Some(conversation_id("conv_pricing")));
    assert_eq!(event.message.as_ref().map(MessageId::as_str), Some("msg_1"));
    assert_eq!((event.user.clone(), event.agent.clone()), (Some(user_id("user_jane")), None));
}

/// Updates are told; what stays as it was is not.
pub async fn a_repeat_and_an_empty_update_are_no_events(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    posted(&store, a_message().build()).await;
    let before = newest(&store).await;
    posted(&store, a_message().build()).await;
    let keep = ConversationChange::Update(conversation_id("conv_pricing"), ConversationUpdate::default());
    commit(&store, a_change(moment(1)).with_conversation(keep)).await;
    assert_eq!(events_after(&store, before).await, []);
}

/// A refused change is not told.
pub async fn a_refused_change_is_no_event(store: Arc<dyn Store>) {
    let user = UserChange::Create(a_user().build());
    let conversation =
        a_conversation().assigned_to(&crate::build::an_agent().id("agent_nobody").build()).build();
    let changes =
        a_change(moment(0)).with_user(user).with_conversation(ConversationChange::Create(conversation));
    refused(&store, changes).await;
    assert_eq!(events_after(&store, 0).await, []);
}

/// Clearing the assignee is a handover, told once until somebody takes over.
pub async fn a_handover_is_told_once(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let assign = |assignee| {
        let update = ConversationUpdate { assignee, ..ConversationUpdate::default() };
        ConversationChange::Update(conversation_id("conv_pricing"), update)
    };
    let steps = [Patch::Clear, Patch::Clear, Patch::Set(agent_id("agent_fin")), Patch::Clear];
    for (millis, step) in (1..).zip(steps) {
        commit(&store, a_change_by_fin(moment(millis)).with_conversation(assign(step))).await;
    }
    let handovers = kinds(&store).await.into_iter().filter(|kind| *kind == EventKind::ConversationHandedOver);
    assert_eq!(handovers.count(), 2);
}

/// A user's and an agent's updates are told.
pub async fn updates_of_people_are_events(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let before = newest(&store).await;
    let name = || Patch::Set("Somebody".into());
    let user = UserChange::Update(user_id("user_jane"), UserUpdate { name: name(), ..UserUpdate::default() });
    let agent =
        AgentChange::Update(agent_id("agent_fin"), AgentUpdate { name: name(), ..AgentUpdate::default() });
    commit(&store, a_change(moment(1)).with_user(user).with_agent(agent)).await;
    let told: Vec<_> =
        events_after(&store, before).await.into_iter().map(|logged| logged.event.kind).collect();
    assert_eq!(told, [EventKind::AgentUpdated, EventKind::UserUpdated]);
}

/// A reader that goes on behind the last event it has seen sees every event once, while many write.
pub async fn a_follower_of_16_writers_sees_each_event_once(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let start = newest(&store).await;
    let follower = tokio::spawn({
        let store = Arc::clone(&store);
        async move {
            let (mut seen, mut last) = (Vec::new(), start);
            while seen.len() < 160 {
                let events = store.events(last, 7).await.unwrap();
                assert!(events.is_sorted_by(|one, other| one.position < other.position));
                last = events.last().map_or(last, |logged| logged.position);
                seen.extend(events);
                tokio::task::yield_now().await;
            }
            seen
        }
    });
    all_at_once(16, |writer| {
        let store = Arc::clone(&store);
        async move {
            for number in 0..10 {
                posted(&store, a_message().id(&format!("msg_{writer}_{number}")).build()).await;
            }
        }
    })
    .await;
    let seen = follower.await.unwrap();
    assert_eq!(seen, events_after(&store, start).await, "the order is the same for every reader");
    let mut ids: Vec<_> = seen.iter().map(|logged| logged.event.message.clone()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 160);
}

/// Old events are forgotten from the beginning, and the log says how far.
pub async fn old_events_are_forgotten(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let old = newest(&store).await;
    commit(&store, a_change(moment(1_000)).with_message(a_message().build())).await;
    let newest = newest(&store).await;

    let mut forgotten = 0;
    while let some @ 1.. = store.forget_events(moment(1_000)).await.unwrap() {
        forgotten += some;
    }
    assert_eq!(forgotten, 3, "the agent, the user and the conversation");
    let bounds = store.log_bounds().await.unwrap();
    assert_eq!((bounds.forgotten, bounds.newest), (old, newest));
    assert_eq!(events_after(&store, 0).await.len(), 1);
}

/// A bookmark is kept by name, and never goes back.
pub async fn a_bookmark_never_goes_back(store: Arc<dyn Store>) {
    assert_eq!(store.bookmark("a").await.unwrap(), 0);
    for (position, expected) in [(5, 5), (3, 5), (9, 9)] {
        store.set_bookmark("a", position).await.unwrap();
        assert_eq!(store.bookmark("a").await.unwrap(), expected);
    }
    assert_eq!(store.bookmark("b").await.unwrap(), 0);
}

/// Of many instances one leads, until its lead ends.
pub async fn one_of_16_instances_leads(store: Arc<dyn Store>) {
    let lease = |holder, from, until| Lease { work: "w", holder, now: moment(from), until: moment(until) };
    let leading = all_at_once(16, |_| {
        let (store, lease) = (Arc::clone(&store), lease(a_change_id(), 0, 100));
        async move { store.lead(&lease).await.unwrap().then_some(lease.holder) }
    })
    .await;
    let leaders: Vec<u128> = leading.into_iter().flatten().collect();
    let [leader] = leaders[..] else { panic!("one leads, not {}", leaders.len()) };
    let other = a_change_id();
    assert!(store.lead(&lease(leader, 50, 150)).await.unwrap(), "the leader renews its lead");
    assert!(!store.lead(&lease(other, 149, 250)).await.unwrap());
    assert!(store.lead(&lease(other, 150, 250)).await.unwrap(), "a lead that has ended is free");
    assert!(!store.lead(&lease(leader, 151, 250)).await.unwrap());
}
