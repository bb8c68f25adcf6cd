//! Opening files, and what is in them afterwards.

use deskport_ports::{Maintenance, MessageRepository, StoreError, UnitOfWork};
use deskport_storage_diesel::{OpenError, SqliteOptions, SqliteStore, migrate_sqlite};
use tempfile::TempDir;

use super::{execute, fresh, options};
use crate::given::{a_helpdesk, conversation_id, post, stored_messages};

#[tokio::test]
async fn the_directory_of_the_file_is_created() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("some/where/deskport.db");
    let store = SqliteStore::open(SqliteOptions::new(&path)).await.unwrap();

    store.check().await.unwrap();
    assert!(path.exists());
}

#[tokio::test]
async fn a_path_means_a_file_whatever_it_looks_like() {
    let directory = TempDir::new().unwrap();
    for name in ["100%25.db", "what?mode=memory", "number#1", "file:x", ":memory:", "a b", "/absolute//twice"]
    {
        let path = format!("/{}/{name}", directory.path().display());
        let store = SqliteStore::open(SqliteOptions::new(&path)).await.unwrap();

        store.commit(a_helpdesk()).await.unwrap();
        assert!(std::path::Path::new(&path).exists(), "{path}");
    }
}

#[tokio::test]
async fn migrations_are_applied_once() {
    let directory = TempDir::new().unwrap();

    assert_eq!(migrate_sqlite(&options(&directory)).await.unwrap(), ["0001", "0002"]);
    assert_eq!(migrate_sqlite(&options(&directory)).await.unwrap(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_stores_open_a_new_file_at_once() {
    let directory = TempDir::new().unwrap();
    let opening: Vec<_> = (0..8).map(|_| tokio::spawn(SqliteStore::open(options(&directory)))).collect();
    for store in opening {
        store.await.unwrap().unwrap().check().await.unwrap();
    }
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let (store, directory) = fresh().await;
    drop(store);
    execute(&directory, "INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')");

    let refused = SqliteStore::open(options(&directory)).await.unwrap_err();
    assert!(matches!(refused, OpenError::Newer { migration } if migration == "9999"));
}

#[tokio::test]
async fn an_older_schema_is_not_in_order() {
    let (store, directory) = fresh().await;
    execute(&directory, "DELETE FROM __diesel_schema_migrations");

    assert!(matches!(store.check().await, Err(StoreError::Backend(_))));
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_reopening() {
    let (store, directory) = fresh().await;
    let clone = store.clone();
    store.commit(a_helpdesk()).await.unwrap();
    drop(store);
    clone.commit(post(1)).await.unwrap();
    drop(clone);

    let reopened = SqliteStore::open(options(&directory)).await.unwrap();
    assert_eq!(stored_messages(&reopened).await, 2);
}

#[tokio::test]
async fn a_directory_is_no_database() {
    let directory = TempDir::new().unwrap();
    let refused = SqliteStore::open(SqliteOptions::new(directory.path())).await.unwrap_err();
    assert!(matches!(refused, OpenError::Connect(_)), "{refused:?}");
}

#[tokio::test]
async fn versions_are_told_while_one_store_serves_a_file() {
    let directory = TempDir::new().unwrap();
    let serves = SqliteOptions { serves: true, ..options(&directory) };
    let first = SqliteStore::open(serves.clone()).await.unwrap();
    let command = SqliteStore::open(options(&directory)).await.unwrap();
    assert!(first.people_version(&[]).is_some() && command.people_version(&[]).is_none());
    assert!(first.thread_version(&conversation_id()).await.unwrap().is_some());
    let second = SqliteStore::open(serves.clone()).await.unwrap();
    assert!(first.people_version(&[]).is_none() && second.people_version(&[]).is_none());
    drop((first, second));
    assert!(SqliteStore::open(serves).await.unwrap().people_version(&[]).is_some());
}
