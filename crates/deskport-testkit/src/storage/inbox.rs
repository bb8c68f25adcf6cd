//! Behaviors of the inbox: lists over many conversations, and search.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use deskport_domain::{ConversationUpdate, Patch, Status, UserUpdate};
use deskport_ports::{
    Assignment, ConversationChange, ConversationCursor, ConversationQuery, EarlierMessages, Notes, Position,
    SearchQuery, Store, UserChange, UserQuery,
};

use super::given::{a_helpdesk, commit, posted, posted_at, stored_conversation, stored_user};
use crate::build::{
    a_change, a_conversation, a_message, a_user, agent_id, an_agent, conversation_id, moment, user_id,
};

fn everything() -> ConversationQuery {
    ConversationQuery {
        status: None,
        assignment: None,
        user: None,
        tag: None,
        updated_since: None,
        after: None,
        limit: 100,
    }
}

async fn ids(store: &Arc<dyn Store>, query: ConversationQuery) -> Vec<String> {
    let found = store.conversations(&query).await.unwrap();
    found.into_iter().map(|details| details.conversation.id.to_string()).collect()
}

/// Three conversations that differ in everything: `conv_a` is the newest, `conv_c` the oldest.
async fn three_conversations(store: &Arc<dyn Store>) {
    a_helpdesk_only_people(store).await;
    let ann = an_agent().id("agent_fin").build();
    let conversations = [
        a_conversation().id("conv_a").tags(&["sales", "new"]).status(Status::Closed).build(),
        a_conversation().id("conv_b").tags(&["sales"]).assigned_to(&ann).build(),
        a_conversation().id("conv_c").of(&a_user().id("user_other").build()).build(),
    ];
    for (millis, conversation) in [3, 2, 1].into_iter().zip(conversations) {
        stored_conversation(store, conversation.clone()).await;
        let touch = a_message().within(&conversation).by_user(&a_user().build()).build();
        posted_at(store, moment(millis), touch).await;
    }
}

async fn a_helpdesk_only_people(store: &Arc<dyn Store>) {
    stored_user(store, a_user().name("Jane Doe").build()).await;
    stored_user(store, a_user().id("user_other").name("Omar Other").email("omar@example.com").build()).await;
    super::given::stored_agent(store, an_agent().name("Fin").build()).await;
}

/// The latest activity comes first.
pub async fn conversations_are_listed_by_latest_activity(store: Arc<dyn Store>) {
    three_conversations(&store).await;
    assert_eq!(ids(&store, everything()).await, ["conv_a", "conv_b", "conv_c"]);
    let wake = a_message().id("msg_new").within(&a_conversation().id("conv_c").build()).build();
    posted_at(&store, moment(9), wake).await;
    assert_eq!(ids(&store, everything()).await, ["conv_c", "conv_a", "conv_b"]);
}

/// Posts of seconds and minutes, also by clocks that go backwards, leave the list in order; page by
/// page, and from any moment on.
pub async fn activity_is_listed_in_order_however_far_apart(store: Arc<dyn Store>) {
    let conversation = |number: i64| a_conversation().id(&format!("conv_{number}")).build();
    a_helpdesk_only_people(&store).await;
    for number in 0..5 {
        stored_conversation(&store, conversation(number)).await;
    }
    let mut latest = BTreeMap::new();
    for post in 0..40_i64 {
        let (number, millis) = (post * 7 % 5, post * 7_919 % 30_011);
        let message = a_message().id(&format!("msg_{post}")).within(&conversation(number)).build();
        posted_at(&store, moment(millis), message).await;
        let last = latest.entry(number).or_insert(millis);
        *last = millis.max(*last);
    }
    let mut order: Vec<_> = latest.into_iter().map(|(number, millis)| (millis, number)).collect();
    order.sort_unstable_by_key(|one| Reverse(*one));
    let names: Vec<_> = order.iter().map(|(_, number)| format!("conv_{number}")).collect();
    for (place, (millis, _)) in order.into_iter().enumerate() {
        let since = ConversationQuery { updated_since: Some(moment(millis)), ..everything() };
        assert_eq!(ids(&store, since).await, names[..=place]);
        let cursor = ConversationCursor { updated_at: moment(millis), id: conversation_id(&names[place]) };
        let page = ConversationQuery { after: Some(cursor), limit: 2, ..everything() };
        assert_eq!(ids(&store, page).await, names[place + 1..names.len().min(place + 3)]);
    }
}

/// Each filter lets through what it names, and filters add up.
pub async fn each_filter_lets_through_what_it_names(store: Arc<dyn Store>) {
    three_conversations(&store).await;
    let fin = Assignment::Agent(agent_id("agent_fin"));
    let cases = [
        (ConversationQuery { status: Some(Status::Closed), ..everything() }, vec!["conv_a"]),
        (ConversationQuery { assignment: Some(fin), ..everything() }, vec!["conv_b"]),
        (
            ConversationQuery { assignment: Some(Assignment::Nobody), ..everything() },
            vec!["conv_a", "conv_c"],
        ),
        (ConversationQuery { user: Some(user_id("user_other")), ..everything() }, vec!["conv_c"]),
        (ConversationQuery { tag: Some("sales".into()), ..everything() }, vec!["conv_a", "conv_b"]),
        (ConversationQuery { tag: Some("sale".into()), ..everything() }, vec![]),
        (ConversationQuery { updated_since: Some(moment(2)), ..everything() }, vec!["conv_a", "conv_b"]),
        (
            ConversationQuery { status: Some(Status::Open), tag: Some("sales".into()), ..everything() },
            vec!["conv_b"],
        ),
    ];
    for (query, expected) in cases {
        assert_eq!(ids(&store, query.clone()).await, expected, "{query:?}");
    }
}

/// A conversation that was handed over waits, until somebody takes it.
pub async fn a_handed_over_conversation_waits(store: Arc<dyn Store>) {
    three_conversations(&store).await;
    let waiting = || ConversationQuery { assignment: Some(Assignment::Waiting), ..everything() };
    assert_eq!(ids(&store, waiting()).await, Vec::<String>::new());
    for (assignee, expected) in [(Patch::Clear, vec!["conv_c"]), (Patch::Set(agent_id("agent_fin")), vec![])]
    {
        let update = ConversationUpdate { assignee, ..ConversationUpdate::default() };
        let change = ConversationChange::Update(conversation_id("conv_c"), update);
        commit(&store, a_change(moment(5)).with_conversation(change)).await;
        assert_eq!(ids(&store, waiting()).await, expected);
    }
}

/// Page by page, each conversation is listed once, also where many changed at the same moment.
pub async fn pages_of_conversations_hold_each_once(store: Arc<dyn Store>) {
    a_helpdesk_only_people(&store).await;
    for number in 0..10 {
        stored_conversation(&store, a_conversation().id(&format!("conv_{number}")).build()).await;
    }
    let (mut all, mut query) = (Vec::new(), ConversationQuery { limit: 3, ..everything() });
    loop {
        let page = store.conversations(&query).await.unwrap();
        let Some(last) = page.last() else { break };
        let (updated_at, id) = (last.conversation.updated_at, last.conversation.id.clone());
        query.after = Some(ConversationCursor { updated_at, id });
        all.extend(page.into_iter().map(|details| details.conversation.id.to_string()));
    }
    all.sort();
    let expected: Vec<_> = (0..10).map(|number| format!("conv_{number}")).collect();
    assert_eq!(all, expected);
}

/// A list shows users and assignees as they are now.
pub async fn a_list_shows_people_as_they_are_now(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let name = UserUpdate { name: Patch::Set("Jane Roe".into()), ..UserUpdate::default() };
    commit(&store, a_change(moment(1)).with_user(UserChange::Update(user_id("user_jane"), name))).await;
    let found = store.conversations(&everything()).await.unwrap();
    assert_eq!(found[0].user.name.as_deref(), Some("Jane Roe"));
}

/// Page by page, each user is listed once.
pub async fn pages_of_users_hold_each_once(store: Arc<dyn Store>) {
    for id in ["user_b", "user_a", "user_d", "user_c"] {
        stored_user(&store, a_user().id(id).build()).await;
    }
    let first = store.users(&UserQuery { after: None, limit: 3 }).await.unwrap();
    let after = first.last().map(|user| user.id.clone());
    let rest = store.users(&UserQuery { after, limit: 3 }).await.unwrap();
    let mut ids: Vec<_> = first.iter().chain(&rest).map(|user| user.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["user_a", "user_b", "user_c", "user_d"]);
}

/// Messages are read backwards, page by page, each once; within a page the oldest is first.
pub async fn messages_are_read_backwards(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    for number in 1..=7 {
        posted(&store, a_message().id(&format!("msg_{number}")).build()).await;
    }
    let conversation = conversation_id("conv_pricing");
    let mut query = EarlierMessages { conversation, before: None, notes: Notes::All, limit: 3 };
    let mut pages = Vec::new();
    loop {
        let page = store.earlier_messages(&query).await.unwrap().unwrap();
        assert_eq!(page.authors.len(), 1);
        let ids: Vec<_> = page.messages.iter().map(|one| one.message.id.to_string()).collect();
        pages.push(ids.join(" "));
        match page.next {
            Some(Position::Sequence(before)) => query.before = Some(before),
            other => break assert_eq!(other, None),
        }
    }
    assert_eq!(pages, ["msg_5 msg_6 msg_7", "msg_2 msg_3 msg_4", "msg_1"]);
}

/// Nobody reads an unknown conversation backwards.
pub async fn an_unknown_conversation_has_no_earlier_messages(store: Arc<dyn Store>) {
    let conversation = conversation_id("conv_unknown");
    let query = EarlierMessages { conversation, before: None, notes: Notes::All, limit: 3 };
    assert_eq!(store.earlier_messages(&query).await.unwrap(), None);
}

/// One message is found by its conversation and id, with its author as it is now.
pub async fn one_message_is_found(store: Arc<dyn Store>) {
    let id = a_helpdesk(&store).await.conversation.id;
    let stored = posted(&store, a_message().build()).await.value;
    assert_eq!(store.message(&id, &stored.message.id).await.unwrap(), Some(stored.clone()));
    let elsewhere = conversation_id("conv_other");
    assert_eq!(store.message(&elsewhere, &stored.message.id).await.unwrap(), None);
}

/// Words are found in titles, names, addresses and message texts, whatever their case and order.
pub async fn search_finds_titles_people_and_messages(store: Arc<dyn Store>) {
    a_helpdesk_only_people(&store).await;
    let other = a_user().id("user_other").build();
    stored_conversation(&store, a_conversation().id("conv_title").title("Enterprise pricing").build()).await;
    let theirs = stored_conversation(&store, a_conversation().id("conv_person").of(&other).build()).await;
    let text = "<p>The <b>invoice</b> of M&uuml;ller&#39;s shop</p>";
    posted(&store, a_message().within(&theirs.value.conversation).by_user(&other).body(text).build()).await;

    for (words, expected) in [
        (vec!["PRICING", "enterprise"], vec!["conv_title"]),
        (vec!["pric"], vec!["conv_title"]),
        (vec!["omar"], vec!["conv_person"]),
        (vec!["invoice", "shop"], vec!["conv_person"]),
        (vec!["müller"], vec!["conv_person"]),
        (vec!["invoice", "pricing"], vec![]),
        (vec!["nothing"], vec![]),
    ] {
        let query = SearchQuery { words: words.iter().map(|word| (*word).into()).collect(), limit: 10 };
        let found = store.search(&query).await.unwrap();
        let ids: Vec<_> = found.iter().map(|details| details.conversation.id.as_str()).collect();
        assert_eq!(ids, expected, "{words:?}");
    }
}

/// Search sees changes, and takes no character for an operator.
pub async fn search_follows_changes_and_takes_any_text(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let search = async |word: &str| {
        let query = SearchQuery { words: vec![word.into()], limit: 10 };
        store.search(&query).await.unwrap().len()
    };
    let title = |title: &str| {
        let title = Patch::Set(title.into());
        let update = ConversationUpdate { title, ..ConversationUpdate::default() };
        ConversationChange::Update(conversation_id("conv_pricing"), update)
    };
    commit(&store, a_change(moment(1)).with_conversation(title("Giraffe"))).await;
    assert_eq!(search("giraffe").await, 1, "also without preparation");
    commit(&store, a_change(moment(2)).with_conversation(title("Elephant"))).await;
    assert_eq!((search("giraffe").await, search("elephant").await), (0, 1));
    commit(&store, a_change(moment(3)).with_conversation(title("Antelope"))).await;
    while store.prepare_search().await.unwrap() > 0 {}
    assert_eq!((search("elephant").await, search("antelope").await), (0, 1));
    for odd in ["\"", "*", "NOT", "AND", "a:b", "'", "(", "%", "\\", "&", "|", "!", "<->", ""] {
        search(odd).await;
    }
}
