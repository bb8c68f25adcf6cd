//! Behaviors of the outbox: what Fin must be told, by whom, and how often.

use std::sync::Arc;

use deskport_domain::{ConversationId, ConversationUpdate, Patch, Status, Timestamp, UserUpdate};
use deskport_ports::{
    Attempt, Claim, ConversationChange, Delivery, DeliveryState, KEPT_ATTEMPTS, Redelivery, Settlement,
    Standing, Store, UserChange,
};

use super::{
    crowd::all_at_once,
    given::{a_helpdesk, commit, posted_at},
};
use crate::build::{
    a_change, a_change_by_fin, a_change_id, a_conversation, a_message, conversation_id, moment, user_id,
};

/// A conversation of which Fin knows everything.
async fn a_told_helpdesk(store: &Arc<dyn Store>) -> ConversationId {
    let id = a_helpdesk(store).await.conversation.id;
    for delivery in claim(store, moment(0), 10).await {
        assert!(settle(store, &delivery, Settlement::Delivered(moment(0))).await);
    }
    id
}

/// Claims for a hundred milliseconds.
async fn claim(store: &Arc<dyn Store>, now: Timestamp, limit: u32) -> Vec<Delivery> {
    let claim = Claim { now, until: now.plus_millis(100), lease: a_change_id(), limit };
    store.claim(&claim).await.unwrap()
}

fn attempt(status: u16) -> Attempt {
    Attempt {
        at: moment(0),
        took_ms: 12,
        status: Some(status),
        error: (status != 200).then(|| "refused".into()),
    }
}

async fn settle(store: &Arc<dyn Store>, delivery: &Delivery, how: Settlement) -> bool {
    let status = if matches!(how, Settlement::Delivered(_)) { 200 } else { 503 };
    store.settle(delivery, &attempt(status), how).await.unwrap()
}

async fn state(store: &Arc<dyn Store>) -> DeliveryState {
    store.delivery(&conversation_id("conv_pricing")).await.unwrap().unwrap()
}

async fn the_desk_writes(store: &Arc<dyn Store>, message: &str, at: Timestamp) {
    posted_at(store, at, a_message().id(message).build()).await;
}

/// What the desk changes makes one notification due, at once.
pub async fn a_change_by_the_desk_is_due_at_once(store: Arc<dyn Store>) {
    let id = a_told_helpdesk(&store).await;
    the_desk_writes(&store, "msg_1", moment(5)).await;
    assert_eq!(claim(&store, moment(4), 10).await, [], "not before it happened");
    let [delivery] = &claim(&store, moment(5), 10).await[..] else { panic!("one is due") };
    assert_eq!((&delivery.conversation, delivery.attempts, delivery.due_since), (&id, 0, moment(5)));
}

/// Fin is never told of its own changes, nor of notes, nor of what stayed as it was.
pub async fn changes_by_fin_and_notes_are_not_told(store: Arc<dyn Store>) {
    let id = a_told_helpdesk(&store).await;
    let closed = ConversationUpdate { status: Some(Status::Closed), ..ConversationUpdate::default() };
    let name = UserUpdate { name: Patch::Set("Jane Roe".into()), ..UserUpdate::default() };
    let by_fin = a_change_by_fin(moment(1))
        .with_user(UserChange::Update(user_id("user_jane"), name))
        .with_conversation(ConversationChange::Update(id.clone(), closed))
        .with_message(a_message().id("msg_fin").build());
    commit(&store, by_fin).await;
    posted_at(&store, moment(2), a_message().id("msg_note").by_agent().private().build()).await;
    let keep = ConversationChange::Update(id, ConversationUpdate::default());
    commit(&store, a_change(moment(3)).with_conversation(keep)).await;
    assert_eq!(claim(&store, moment(9), 10).await, []);
}

/// A change of a person concerns the person's live conversations, and no others.
pub async fn a_change_of_a_user_is_told_to_live_conversations(store: Arc<dyn Store>) {
    a_told_helpdesk(&store).await;
    for (id, status) in [("conv_closed", Status::Closed), ("conv_live", Status::Resolved)] {
        let conversation = ConversationChange::Create(a_conversation().id(id).status(status).build());
        commit(&store, a_change_by_fin(moment(0)).with_conversation(conversation)).await;
    }
    let name = UserUpdate { name: Patch::Set("Jane Roe".into()), ..UserUpdate::default() };
    commit(&store, a_change(moment(1)).with_user(UserChange::Update(user_id("user_jane"), name))).await;
    let mut told: Vec<_> = claim(&store, moment(1), 10)
        .await
        .into_iter()
        .map(|delivery| delivery.conversation.to_string())
        .collect();
    told.sort();
    assert_eq!(told, ["conv_live", "conv_pricing"]);
}

/// Many changes of one conversation are one pending notification.
pub async fn many_changes_are_one_notification(store: Arc<dyn Store>) {
    a_told_helpdesk(&store).await;
    for (millis, message) in (1..).zip(["msg_1", "msg_2", "msg_3"]) {
        the_desk_writes(&store, message, moment(millis)).await;
    }
    assert_eq!(store.deliveries(Standing::Pending, 10).await.unwrap().len(), 1);
    let claimed = claim(&store, moment(9), 10).await;
    assert_eq!(claimed.len(), 1);
    assert_eq!(claimed[0].due_since, moment(1));
    assert!(settle(&store, &claimed[0], Settlement::Delivered(moment(9))).await);
    assert_eq!(claim(&store, moment(9), 10).await, []);
    assert_eq!(state(&store).await.standing, Standing::Delivered);
}

/// A change that arrives while a notification is being sent leads to exactly one more.
pub async fn a_change_while_sending_leads_to_one_more(store: Arc<dyn Store>) {
    a_told_helpdesk(&store).await;
    the_desk_writes(&store, "msg_1", moment(1)).await;
    let [first] = &claim(&store, moment(1), 10).await[..] else { panic!("one is due") };
    the_desk_writes(&store, "msg_2", moment(2)).await;
    the_desk_writes(&store, "msg_3", moment(3)).await;
    assert_eq!(claim(&store, moment(4), 10).await, [], "nobody else sends it meanwhile");
    assert!(settle(&store, first, Settlement::Delivered(moment(5))).await);

    let [second] = &claim(&store, moment(5), 10).await[..] else { panic!("one more is due") };
    assert!(settle(&store, second, Settlement::Delivered(moment(6))).await);
    assert_eq!(claim(&store, moment(6), 10).await, []);
}

/// Of many dispatchers each gets notifications of its own, and together they get all.
pub async fn sixteen_dispatchers_share_the_work(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    for number in 0..40 {
        let conversation = a_conversation().id(&format!("conv_{number:02}")).build();
        let change = ConversationChange::Create(conversation);
        commit(&store, a_change(moment(0)).with_conversation(change)).await;
    }
    let claimed = all_at_once(16, |_| {
        let store = Arc::clone(&store);
        async move {
            let mut mine = Vec::new();
            // More often than there are notifications, and yet not for ever.
            for _ in 0..50 {
                match claim(&store, moment(1), 5).await {
                    some if some.is_empty() => break,
                    some => mine.extend(some),
                }
            }
            mine
        }
    })
    .await;
    let mut ids: Vec<_> = claimed.into_iter().flatten().map(|delivery| delivery.conversation).collect();
    ids.sort();
    // A dispatcher that loses a race may come back empty; nothing is handed out twice.
    assert!(ids.is_sorted_by(|one, other| one < other), "nothing is handed out twice");
    ids.extend(claim(&store, moment(1), 100).await.into_iter().map(|delivery| delivery.conversation));
    assert_eq!(ids.len(), 41);
}

/// A dead dispatcher's work is taken over when its claim ends, and its late answer changes nothing.
pub async fn a_claim_that_ended_is_taken_over(store: Arc<dyn Store>) {
    a_told_helpdesk(&store).await;
    the_desk_writes(&store, "msg_1", moment(1)).await;
    let [dead] = &claim(&store, moment(1), 10).await[..] else { panic!("one is due") };
    assert_eq!(claim(&store, moment(100), 10).await, []);
    let [heir] = &claim(&store, moment(101), 10).await[..] else { panic!("it is taken over") };
    assert_ne!(dead.lease, heir.lease);
    assert!(!settle(&store, dead, Settlement::Delivered(moment(102))).await);
    assert_eq!(state(&store).await.standing, Standing::Pending);
    assert!(settle(&store, heir, Settlement::Delivered(moment(103))).await);
    assert_eq!(state(&store).await.standing, Standing::Delivered);
}

/// A failed attempt is due again at its moment, also if the conversation changes meanwhile.
pub async fn a_failure_is_tried_again_at_its_moment(store: Arc<dyn Store>) {
    a_told_helpdesk(&store).await;
    the_desk_writes(&store, "msg_1", moment(1)).await;
    let [first] = &claim(&store, moment(1), 10).await[..] else { panic!("one is due") };
    assert!(settle(&store, first, Settlement::Retry(moment(500))).await);
    the_desk_writes(&store, "msg_2", moment(2)).await;
    assert_eq!(claim(&store, moment(499), 10).await, []);
    let now = state(&store).await;
    assert_eq!((now.standing, now.attempts, now.next_attempt_at), (Standing::Pending, 1, Some(moment(500))));
    assert_eq!(now.due_since, Some(moment(1)));

    let [second] = &claim(&store, moment(500), 10).await[..] else { panic!("it is due again") };
    assert_eq!(second.attempts, 1);
    assert!(settle(&store, second, Settlement::Delivered(moment(501))).await);
    let now = state(&store).await;
    assert_eq!((now.standing, now.attempts, now.due_since), (Standing::Delivered, 0, None));
}

/// A parked notification waits for an operator, whatever changes meanwhile.
pub async fn a_parked_notification_waits_for_an_operator(store: Arc<dyn Store>) {
    let id = a_told_helpdesk(&store).await;
    the_desk_writes(&store, "msg_1", moment(1)).await;
    let [first] = &claim(&store, moment(1), 10).await[..] else { panic!("one is due") };
    assert!(settle(&store, first, Settlement::Parked).await);
    the_desk_writes(&store, "msg_2", moment(2)).await;
    assert_eq!(claim(&store, moment(999_999), 10).await, []);
    let parked = store.deliveries(Standing::Parked, 10).await.unwrap();
    assert_eq!(parked, [state(&store).await]);
    assert_eq!(parked[0].latest, [attempt(503), attempt(200)]);

    assert_eq!(store.redeliver(&Redelivery::Of(id), moment(5)).await.unwrap(), 1);
    let [again] = &claim(&store, moment(5), 10).await[..] else { panic!("it is due again") };
    assert_eq!(again.attempts, 0);
}

/// An operator can have everything sent again that waits or is parked, and one that Fin knows.
pub async fn an_operator_has_notifications_sent_again(store: Arc<dyn Store>) {
    let told = a_told_helpdesk(&store).await;
    let unknown = Redelivery::Of(conversation_id("conv_unknown"));
    assert_eq!(store.redeliver(&unknown, moment(1)).await.unwrap(), 0);
    assert_eq!(store.redeliver(&Redelivery::All, moment(1)).await.unwrap(), 0, "Fin knows everything");
    assert_eq!(store.redeliver(&Redelivery::Of(told), moment(1)).await.unwrap(), 1);
    assert_eq!(claim(&store, moment(1), 10).await.len(), 1);
}

/// The latest attempts are kept, newest first, and no more.
pub async fn the_latest_attempts_are_kept(store: Arc<dyn Store>) {
    a_told_helpdesk(&store).await;
    the_desk_writes(&store, "msg_1", moment(1)).await;
    for number in 1..=12 {
        let now = moment(number * 10);
        let [delivery] = &claim(&store, now, 10).await[..] else { panic!("one is due") };
        let failed = Attempt { at: now, status: None, ..attempt(503) };
        let again = Settlement::Retry(now.plus_millis(10));
        assert!(store.settle(delivery, &failed, again).await.unwrap());
    }
    let latest = state(&store).await.latest;
    let moments: Vec<_> = latest.iter().map(|attempt| attempt.at).collect();
    let expected: Vec<_> = (1..=12).rev().map(|number| moment(number * 10)).take(KEPT_ATTEMPTS).collect();
    assert_eq!(moments, expected);
}

/// A conversation without a notification has no standing.
pub async fn an_untold_conversation_has_no_delivery(store: Arc<dyn Store>) {
    assert_eq!(store.delivery(&conversation_id("conv_unknown")).await.unwrap(), None);
    assert_eq!(store.deliveries(Standing::Pending, 10).await.unwrap(), []);
}
