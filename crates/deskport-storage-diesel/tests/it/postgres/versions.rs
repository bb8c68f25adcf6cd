//! Versions of messages where several servers write.

use deskport_domain::{AuthorId, ConversationId, Patch, UserUpdate};
use deskport_ports::{Eraser, Erasure, MessageRepository, StoreError, ThreadVersion, UnitOfWork, UserChange};
use deskport_storage_diesel::{PostgresOptions, PostgresStore};
use deskport_testkit::build::{a_change, a_change_id, a_conversation, moment, user_id};

use super::{database::Database, options, proxy::Proxy};
use crate::given::{a_helpdesk, conversation_id, post, start};

async fn two_servers() -> (PostgresStore, PostgresStore, Database) {
    let database = Database::create().await;
    let one = PostgresStore::open(options(&database)).await.unwrap();
    let other = PostgresStore::open(options(&database)).await.unwrap();
    one.commit(a_helpdesk()).await.unwrap();
    (one, other, database)
}

async fn version(store: &PostgresStore) -> ThreadVersion {
    store.thread_version(&conversation_id()).await.unwrap().unwrap()
}

#[tokio::test]
async fn what_another_server_posts_and_erases_makes_another_version() {
    let (one, other, _database) = two_servers().await;
    let first = version(&one).await;
    other.commit(post(1)).await.unwrap();
    let second = version(&one).await;
    assert_eq!((first.edition, version(&other).await), (second.edition, second));
    assert_ne!(first.additions, second.additions);

    let erasure = Erasure { id: a_change_id(), user: user_id("user_jane"), at: moment(9) };
    other.erase(&erasure).await.unwrap().unwrap();
    assert_eq!(one.thread_version(&conversation_id()).await.unwrap(), None);
    other.commit(a_helpdesk()).await.unwrap();
    let third = version(&one).await;
    assert_eq!(third.additions, first.additions, "the conversation begins anew");
    assert_ne!(third.edition, first.edition);
}

#[tokio::test]
async fn a_server_counts_the_profiles_that_it_changes_and_no_posts() {
    let (one, _other, _database) = two_servers().await;
    let jane = [AuthorId::EndUser(user_id("user_jane"))];
    let before = (one.people_version(&jane), one.people_version(&[]));
    one.commit(post(1)).await.unwrap();
    let update = UserUpdate { name: Patch::Set("Janet".into()), ..UserUpdate::default() };
    let change = UserChange::Update(user_id("user_jane"), update);
    one.commit(a_change(moment(1)).with_user(change)).await.unwrap();

    let after = (one.people_version(&jane), one.people_version(&[]));
    assert!(before.0 < after.0 && before.1 < after.1, "{before:?} and {after:?}");
}

#[tokio::test]
async fn versions_that_are_asked_for_at_once_are_one_round_trip() {
    let database = Database::create().await;
    let proxy = Proxy::start(&database.url()).await;
    let store = PostgresStore::open(PostgresOptions::new(proxy.url())).await.unwrap();
    store.commit(a_helpdesk()).await.unwrap();
    let expected = version(&store).await;
    proxy.round_trips();

    let known = conversation_id();
    let unknown: ConversationId = a_conversation().id("conv_unknown").build().id;
    let mut asked: Vec<_> = (0..20).map(|_| (store.thread_version(&known), true)).collect();
    asked.push((store.thread_version(&unknown), false));
    for (question, _) in &mut asked {
        assert!(start(question).await.is_pending());
    }
    for (question, is_there) in asked {
        assert_eq!(question.await.unwrap(), is_there.then_some(expected));
    }
    assert_eq!(proxy.round_trips(), 1);
}

#[tokio::test]
async fn more_questions_than_may_wait_are_refused_at_once() {
    let database = Database::create().await;
    let store = PostgresStore::open(PostgresOptions { queue: 4, ..options(&database) }).await.unwrap();
    store.commit(a_helpdesk()).await.unwrap();
    let conversation = conversation_id();
    let mut asked: Vec<_> = (0..5).map(|_| store.thread_version(&conversation)).collect();
    let mut refused = Vec::new();
    for question in &mut asked {
        refused.push(start(question).await);
    }

    let refusal = refused.pop().unwrap();
    assert!(matches!(refusal, std::task::Poll::Ready(Err(StoreError::Overloaded))), "{refusal:?}");
    for question in asked.into_iter().take(4) {
        question.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_version_that_cannot_be_told_now_is_none_and_later_there_again() {
    let database = Database::create().await;
    let proxy = Proxy::start(&database.url()).await;
    let store = PostgresStore::open(PostgresOptions::new(proxy.url())).await.unwrap();
    store.commit(a_helpdesk()).await.unwrap();
    let expected = version(&store).await;

    proxy.lose_the_next_answer();
    assert_eq!(store.thread_version(&conversation_id()).await.unwrap(), None);
    assert_eq!(version(&store).await, expected);
}
