//! Lists that are kept to be sent again are what the store would answer, whatever happens.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use actix_web::rt::System;
use deskport_domain::{Author, Patch, UserUpdate};
use deskport_http_actix::HttpOptions;
use deskport_ports::{
    ChangeSet, ConversationChange, Eraser, Erasure, MessagePage, MessageQuery, Position, SequencedMessage,
    Store, ThreadVersion, UnitOfWork, UserChange,
};
use deskport_storage_memory::MemoryStore;
use deskport_testkit::build::{a_change, a_change_id, a_conversation, a_message, a_user, moment, user_id};
use proptest::prelude::*;

use crate::support::World;

const USERS: [&str; 3] = ["user_1", "user_2", "user_3"];
const CONVERSATIONS: [&str; 2] = ["conv_1", "conv_2"];

/// One thing that happens. Numbers name one of what there is.
#[derive(Debug, Clone)]
enum Step {
    Post { conversation: usize, author: usize },
    Rename { user: usize, name: u8 },
    Forget { user: usize },
    Begin { conversation: usize, user: usize },
    Read { instance: usize, conversation: usize, after: Option<usize>, is_p: bool },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let read = (0..3_usize, 0..2_usize, proptest::option::of(0..12_usize), any::<bool>())
        .prop_map(|(instance, conversation, after, is_p)| Step::Read { instance, conversation, after, is_p });
    let step = prop_oneof![
        3 => (0..2_usize, 0..3_usize).prop_map(|(conversation, author)| Step::Post { conversation, author }),
        1 => (0..3_usize, 0..3_u8).prop_map(|(user, name)| Step::Rename { user, name }),
        1 => (0..3_usize).prop_map(|user| Step::Forget { user }),
        1 => (0..2_usize, 0..3_usize).prop_map(|(conversation, user)| Step::Begin { conversation, user }),
        6 => read,
    ];
    proptest::collection::vec(step, 1..60)
}

/// Several instances over one store: two that keep lists, one that has hardly room for any, and one
/// that keeps none.
struct Instances {
    store: MemoryStore,
    keeping: [World; 3],
    plain: World,
    posted: usize,
}

impl Instances {
    async fn new() -> Self {
        let store = MemoryStore::default();
        let keeping = |bytes| HttpOptions { list_cache_bytes: bytes, ..HttpOptions::default() };
        let plain = World::over(Arc::new(store.clone()) as Arc<dyn Store>, keeping(0)).await;
        let roomy = || plain.beside(keeping(1 << 20));
        Self { store, keeping: [roomy(), roomy(), plain.beside(keeping(20_000))], plain, posted: 0 }
    }

    /// What cannot be, since somebody was forgotten, is refused, and that is fine.
    async fn change(&self, changes: ChangeSet) {
        drop(self.store.commit(changes).await);
    }

    async fn take(&mut self, step: Step) {
        match step {
            Step::Post { conversation, author } => {
                let id = format!("msg_{}", self.posted);
                self.posted += 1;
                let conversation = a_conversation().id(CONVERSATIONS[conversation]).build();
                let author = a_user().id(USERS[author]).build();
                let message = a_message().id(&id).within(&conversation).by_user(&author).build();
                self.change(a_change(moment(1)).with_message(message)).await;
            }
            Step::Rename { user, name } => {
                let update =
                    UserUpdate { name: Patch::Set(format!("Name {name}").into()), ..UserUpdate::default() };
                let change = UserChange::Upsert(user_id(USERS[user]), update);
                self.change(a_change(moment(2)).with_user(change)).await;
            }
            Step::Forget { user } => {
                let erasure = Erasure { id: a_change_id(), user: user_id(USERS[user]), at: moment(3) };
                self.store.erase(&erasure).await.unwrap();
            }
            Step::Begin { conversation, user } => {
                let user = a_user().id(USERS[user]).build();
                let conversation = a_conversation().id(CONVERSATIONS[conversation]).of(&user).build();
                let changes = a_change(moment(0)).with_user(UserChange::Create(user));
                self.change(changes.with_conversation(ConversationChange::Create(conversation))).await;
            }
            Step::Read { instance, conversation, after, is_p } => {
                let conversation = CONVERSATIONS[conversation];
                // Some of these are there, some come later, some were never seen.
                let after = after.map(|back| format!("msg_{}", self.posted.saturating_sub(back)));
                let kept = list(&self.keeping[instance], conversation, after.as_deref(), is_p).await;
                let read = list(&self.plain, conversation, after.as_deref(), is_p).await;
                assert_eq!(kept, read);
            }
        }
    }
}

/// What an instance answers: status and body.
async fn list(world: &World, conversation: &str, after: Option<&str>, is_p: bool) -> (u16, String) {
    let answer = if is_p {
        let after = after.map_or("null".to_owned(), |after| format!("\"{after}\""));
        let json = format!(r#"{{"conversation_id":"{conversation}","after_id":{after}}}"#);
        world.post("/get_messages", json).await
    } else {
        let after = after.map_or(String::new(), |after| format!("&after_id={after}"));
        world.get(&format!("/messages?conversation_id={conversation}{after}")).await
    };
    (answer.status.as_u16(), String::from_utf8(answer.body).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn several_instances_answer_what_the_store_holds(steps in steps()) {
        System::new().block_on(async move {
            let mut instances = Instances::new().await;
            for step in steps {
                instances.take(step).await;
            }
        });
    }
}

#[actix_web::test]
async fn a_kept_list_is_not_read_again() {
    let world = World::over_mock(|store| {
        store.expect_people_version().returning(|_| Some(1));
        store.expect_thread_version().returning(|_| Ok(Some(ThreadVersion { edition: 1, additions: 1 })));
        store.expect_messages().times(1).returning(|_| {
            let message = SequencedMessage { sequence: 1, message: a_message().build() };
            let authors = vec![Author::EndUser(a_user().build())];
            Ok(Some(MessagePage { messages: vec![message], authors, next: None }))
        });
    });
    let first = list(&world, "conv_pricing", None, false).await;
    assert_eq!(list(&world, "conv_pricing", None, false).await, first);
}

#[actix_web::test]
async fn a_list_is_not_continued_for_good_when_an_author_changes_right_after_a_look_at_the_authors() {
    let (messages, people) = (Arc::new(AtomicU64::new(1)), Arc::new(AtomicU64::new(1)));
    let world = World::over_mock(|store| {
        let additions = Arc::clone(&messages);
        store.expect_thread_version().returning(move |_| {
            Ok(Some(ThreadVersion { edition: 1, additions: additions.load(Ordering::Relaxed) }))
        });
        let (messages, people) = (Arc::clone(&messages), Arc::clone(&people));
        store.expect_people_version().returning(move |whose| {
            // Changed right after the first look at the authors of the list that is continued.
            let is_changed = messages.load(Ordering::Relaxed) > 1 && !whose.is_empty();
            let after = if is_changed { 2 } else { people.load(Ordering::Relaxed) };
            Some(people.swap(after, Ordering::Relaxed))
        });
        let page = |sequence| {
            let message = SequencedMessage { sequence, message: a_message().id("msg_1").build() };
            Ok(Some(MessagePage {
                messages: vec![message],
                authors: vec![Author::EndUser(a_user().build())],
                next: None,
            }))
        };
        let whole = |query: &MessageQuery| query.after == Position::Start;
        store.expect_messages().withf(whole).times(2).returning(move |_| page(1));
        store.expect_messages().withf(move |query| !whole(query)).times(1).returning(move |_| page(2));
    });
    list(&world, "conv_pricing", None, false).await;
    messages.store(2, Ordering::Relaxed);
    for _ in 0..2 {
        list(&world, "conv_pricing", None, false).await;
    }
}

#[actix_web::test]
async fn after_the_last_message_nothing_is_looked_for_though_its_list_was_too_large_to_keep() {
    let world = World::over_mock(|store| {
        store.expect_people_version().returning(|_| Some(1));
        store.expect_thread_version().returning(|_| Ok(Some(ThreadVersion { edition: 1, additions: 1 })));
        store.expect_messages().times(2).returning(|_| {
            let message = a_message().id("msg_1").body(&"What does it cost? ".repeat(100)).build();
            let authors = vec![Author::EndUser(a_user().build())];
            let messages = vec![SequencedMessage { sequence: 1, message }];
            Ok(Some(MessagePage { messages, authors, next: None }))
        });
    });
    let world = world.beside(HttpOptions { list_cache_bytes: 16_000, ..HttpOptions::default() });
    for _ in 0..2 {
        assert!(list(&world, "conv_pricing", None, false).await.1.contains("What does it cost?"));
    }
    let nothing = (200, "[]".to_owned());
    assert_eq!(list(&world, "conv_pricing", Some("msg_1"), false).await, nothing);
}
