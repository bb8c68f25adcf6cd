//! The writer's queue and its groups.
//!
//! A stranger's lock holds the writer up, so that what is asked meanwhile becomes one group.

use std::{fs, pin::pin, task::Poll, time::Duration};

use deskport_domain::AuthorId;
use deskport_ports::{CommitError, Effect, Missing, StoreError, TokenRepository, UnitOfWork};
use deskport_storage_diesel::{SqliteOptions, SqliteStore};
use deskport_testkit::build::{a_change, a_token, moment, user_id};
use diesel::{SqliteConnection, connection::SimpleConnection};
use tempfile::TempDir;

use super::{fresh, options, stranger};
use crate::given::{Commit, a_helpdesk, message, post, start, stored_messages};

pub(super) fn lock(directory: &TempDir) -> SqliteConnection {
    let mut stranger = stranger(directory);
    stranger.batch_execute("BEGIN IMMEDIATE").unwrap();
    stranger
}

#[tokio::test]
async fn more_work_than_may_wait_is_refused_at_once() {
    let directory = TempDir::new().unwrap();
    let options = SqliteOptions { queue: 2, ..options(&directory) };
    let store = SqliteStore::open(options).await.unwrap();
    store.commit(a_helpdesk()).await.unwrap();

    let lock = lock(&directory);
    let mut waiting: Vec<Commit<'_>> = Vec::new();
    let mut refusal = None;
    for number in 1..1000 {
        let mut commit = store.commit(post(number));
        if let Poll::Ready(outcome) = start(&mut commit).await {
            refusal = Some(outcome);
            break;
        }
        waiting.push(commit);
    }
    drop(lock);

    assert!(matches!(refusal, Some(Err(CommitError::Store(StoreError::Overloaded)))), "{refusal:?}");
    let accepted = waiting.len();
    for commit in waiting {
        commit.await.unwrap();
    }
    assert_eq!(stored_messages(&store).await, 1 + accepted);
}

#[tokio::test]
async fn what_was_committed_moves_to_the_database_file_without_being_asked() {
    let (store, directory) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    store.commit(post(1)).await.unwrap();
    let message = message(1);
    let text = message.content.body().unwrap().as_html().as_bytes();

    let is_there = || {
        let file = fs::read(options(&directory).path).unwrap();
        file.windows(text.len()).filter(|part| *part == text).count() == 2
    };
    for _ in 0..600 {
        if is_there() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it is still in the log alone");
}

#[tokio::test]
async fn a_change_that_the_database_refuses_fails_alone() {
    let (store, directory) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    let token = a_token().build();
    store.add_token(&token).await.unwrap();

    let lock = lock(&directory);
    let mut commits: Vec<Commit<'_>> = (1..5).map(|number| store.commit(post(number))).collect();
    let mut repeated = store.add_token(&token);
    for commit in &mut commits {
        assert!(start(commit).await.is_pending());
    }
    assert!(start(&mut repeated).await.is_pending());
    let mut last = store.commit(post(5));
    assert!(start(&mut last).await.is_pending());
    drop(lock);

    assert!(matches!(repeated.await, Err(StoreError::Backend(_))));
    for commit in commits.into_iter().chain([last]) {
        assert_eq!(commit.await.unwrap().message.unwrap().effect, Effect::Created);
    }
    assert_eq!(stored_messages(&store).await, 6);
}

#[tokio::test]
async fn a_change_that_is_refused_fails_alone() {
    let (store, directory) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    let stranger = AuthorId::EndUser(user_id("user_nobody"));
    let refused = deskport_domain::Message { author: stranger, ..message(2) };

    let lock = lock(&directory);
    let mut commits = [
        store.commit(post(1)),
        store.commit(a_change(moment(0)).with_message(refused)),
        store.commit(post(3)),
    ];
    for commit in &mut commits {
        assert!(start(commit).await.is_pending());
    }
    drop(lock);

    let [first, second, third] = commits;
    first.await.unwrap();
    assert!(matches!(second.await, Err(CommitError::Missing(Missing::Author))));
    third.await.unwrap();
    assert_eq!(stored_messages(&store).await, 3);
}

#[tokio::test]
async fn a_file_that_stays_locked_is_unavailable() {
    let (store, directory) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    drop(store);
    let options = SqliteOptions { busy_timeout: Duration::from_millis(1), ..options(&directory) };
    let store = SqliteStore::open(options).await.unwrap();

    let lock = lock(&directory);
    let refused = store.commit(post(1)).await;
    drop(lock);

    assert!(matches!(refused, Err(CommitError::Store(StoreError::Unavailable(_)))), "{refused:?}");
    store.commit(post(1)).await.unwrap();
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_is_stored_all_the_same() {
    let (store, directory) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();

    let lock = lock(&directory);
    {
        let mut abandoned = pin!(store.commit(post(1)));
        assert!(start(&mut abandoned).await.is_pending());
    }
    drop((lock, store));

    let reopened = SqliteStore::open(options(&directory)).await.unwrap();
    assert_eq!(stored_messages(&reopened).await, 2);
}
