//! That what the writer remembers from post to post is never more than what is stored.

use deskport_domain::{Author, Text};
use deskport_ports::{CommitError, Effect, MessageRepository, Missing, StoreError, UnitOfWork};
use deskport_storage_diesel::SqliteStore;
use deskport_testkit::build::{a_change, a_message, moment};

use super::{execute, fresh, options};
use crate::given::{Commit, a_helpdesk, everything, post, start};

/// The sequence numbers of that conversation.
async fn sequences(store: &SqliteStore) -> Vec<u64> {
    let page = store.messages(&everything()).await.unwrap().unwrap();
    page.messages.iter().map(|message| message.sequence).collect()
}

#[tokio::test]
async fn an_author_that_another_process_renamed_is_named_anew() {
    let (store, directory) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    store.commit(post(1)).await.unwrap();
    execute(&directory, "UPDATE users SET name = 'Jane Roe'");

    let answer = store.commit(post(2)).await.unwrap().message.unwrap().value;
    let Author::EndUser(jane) = answer.author else { panic!("an end user wrote it") };
    assert_eq!(jane.name, Some(Text::from("Jane Roe")));
}

#[tokio::test]
async fn whom_another_process_removed_posts_no_more() {
    let (store, directory) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    store.commit(post(1)).await.unwrap();
    execute(&directory, "DELETE FROM users");
    assert!(matches!(store.commit(post(2)).await, Err(CommitError::Missing(Missing::Author))));

    let by_agent = |id| a_change(moment(0)).with_message(a_message().id(id).by_agent().build());
    store.commit(by_agent("3")).await.unwrap();
    execute(&directory, "DELETE FROM conversations");
    let refused = store.commit(by_agent("4")).await;
    assert!(matches!(refused, Err(CommitError::Missing(Missing::MessageConversation))));
}

#[tokio::test]
async fn two_stores_that_take_turns_double_nothing_and_skip_no_number() {
    let (store, directory) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    let stores = [store, SqliteStore::open(options(&directory)).await.unwrap()];
    for number in 1..60 {
        let turn = usize::from(number % 3 == 0);
        let effect = async |store: &SqliteStore, number| {
            store.commit(post(number)).await.unwrap().message.unwrap().effect
        };
        assert_eq!(effect(&stores[turn], number).await, Effect::Created);
        for earlier in [0, number / 2, number] {
            assert_eq!(effect(&stores[1 - turn], earlier).await, Effect::Unchanged);
        }
    }
    assert_eq!(sequences(&stores[0]).await, (1..=60).collect::<Vec<_>>());
}

#[tokio::test]
async fn messages_from_before_a_restart_are_known_as_well_as_later_ones() {
    let (store, directory) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    for number in 1..200 {
        store.commit(post(number)).await.unwrap();
    }
    drop(store);

    let store = SqliteStore::open(options(&directory)).await.unwrap();
    for number in 200..260 {
        for (number, effect) in [(number, Effect::Created), (number - 200, Effect::Unchanged)] {
            assert_eq!(store.commit(post(number)).await.unwrap().message.unwrap().effect, effect);
        }
    }
    for number in 0..260 {
        let answer = store.commit(post(number)).await.unwrap().message.unwrap();
        assert_eq!(answer.effect, Effect::Unchanged, "{number}");
    }
    assert_eq!(sequences(&store).await, (1..=260).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_a_group_wrote_that_failed_is_forgotten() {
    let (store, directory) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    execute(
        &directory,
        "CREATE TRIGGER refuses BEFORE INSERT ON messages WHEN new.body = '<p>No</p>'
         BEGIN SELECT RAISE(ABORT, 'no'); END",
    );
    let refused = |number: u32| a_message().id(&format!("msg_{number}")).body("<p>No</p>").build();

    let lock = super::writer::lock(&directory);
    let mut commits: Vec<Commit<'_>> = Vec::new();
    for number in 1..40 {
        commits.push(store.commit(post(number)));
        if number % 3 == 0 {
            commits.push(store.commit(a_change(moment(0)).with_message(refused(number))));
        }
    }
    for commit in &mut commits {
        assert!(start(commit).await.is_pending());
    }
    drop(lock);

    for (place, commit) in commits.into_iter().enumerate() {
        match commit.await {
            Ok(committed) => assert_eq!(committed.message.unwrap().effect, Effect::Created, "{place}"),
            Err(error) => {
                assert_eq!(place % 4, 3, "{error}");
                assert!(matches!(error, CommitError::Store(StoreError::Backend(_))), "{error:?}");
            }
        }
    }
    assert_eq!(store.commit(post(39)).await.unwrap().message.unwrap().effect, Effect::Unchanged);
    assert_eq!(sequences(&store).await, (1..=40).collect::<Vec<_>>());
}
