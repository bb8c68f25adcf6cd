//! Servers that others use too, that go away, and what is in them afterwards.

use std::time::Duration;

use deskport_domain::{ConversationUpdate, Patch};
use deskport_ports::{
    AgentRepository, ChangeSet, CommitError, ConversationChange, ConversationRepository, Maintenance,
    StoreError, UnitOfWork,
};
use deskport_storage_diesel::{OpenError, PostgresOptions, PostgresStore, migrate_postgres};
use deskport_testkit::build::{a_change, moment};

use super::{
    database::{Database, begin_and_lock},
    fresh, options,
};
use crate::given::{a_helpdesk, conversation_id, post, stored_messages};

const END_ALL_OTHERS: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()";

#[tokio::test]
async fn migrations_are_applied_once() {
    let database = Database::create().await;

    assert_eq!(migrate_postgres(&options(&database)).await.unwrap(), ["0001", "0002"]);
    assert_eq!(migrate_postgres(&options(&database)).await.unwrap(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_stores_open_a_new_database_at_once() {
    let database = Database::create().await;
    let opening: Vec<_> = (0..8).map(|_| tokio::spawn(PostgresStore::open(options(&database)))).collect();
    for store in opening {
        store.await.unwrap().unwrap().check().await.unwrap();
    }
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let (store, database) = fresh().await;
    drop(store);
    database.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')").await;

    let refused = PostgresStore::open(options(&database)).await.unwrap_err();
    assert!(matches!(refused, OpenError::Newer { migration } if migration == "9999"));
}

#[tokio::test]
async fn an_older_schema_is_not_in_order() {
    let (store, database) = fresh().await;
    database.execute("DELETE FROM __diesel_schema_migrations").await;

    assert!(matches!(store.check().await, Err(StoreError::Backend(_))));
}

#[tokio::test]
async fn lost_connections_are_replaced() {
    let (store, database) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();

    database.execute(END_ALL_OTHERS).await;
    store.commit(post(1)).await.unwrap();
    database.execute(END_ALL_OTHERS).await;
    assert_eq!(stored_messages(&store).await, 2);
}

#[tokio::test]
async fn no_connection_in_time_is_unavailable() {
    let database = Database::create().await;
    let wait_timeout = Duration::from_millis(1);
    let options = PostgresOptions { pool_size: 1, wait_timeout, ..options(&database) };
    let store = PostgresStore::open(options).await.unwrap();
    store.commit(a_helpdesk()).await.unwrap();

    let mut holder = database.connect().await;
    begin_and_lock(&mut holder).await;
    let writing = tokio::spawn({
        let store = store.clone();
        async move { store.commit(a_new_title()).await }
    });
    database.wait_until_somebody_waits().await;
    let refused = store.agents().await;
    drop(holder);

    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    writing.await.unwrap().unwrap();
}

/// A change that gets a transaction of its own.
fn a_new_title() -> ChangeSet {
    let title = ConversationUpdate { title: Patch::Set("Pricing".into()), ..ConversationUpdate::default() };
    a_change(moment(1)).with_conversation(ConversationChange::Update(conversation_id(), title))
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_unavailable() {
    let (store, database) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    let statement_timeout = Duration::from_millis(500);
    let store =
        PostgresStore::open(PostgresOptions { statement_timeout, ..options(&database) }).await.unwrap();

    let mut holder = database.connect().await;
    begin_and_lock(&mut holder).await;
    let refused = store.commit(post(1)).await;

    assert!(matches!(refused, Err(CommitError::Store(StoreError::Unavailable(_)))), "{refused:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_cannot_be_opened() {
    let refused = PostgresStore::open(PostgresOptions::new("postgres://nobody@127.0.0.1:1/none")).await;
    assert!(matches!(refused, Err(OpenError::Connect(_))));
}

#[tokio::test]
async fn an_unknown_status_is_corrupt() {
    let (store, database) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    database.execute("UPDATE conversations SET status = 'odd'").await;

    let found = store.conversation(&conversation_id()).await;
    assert!(matches!(found, Err(StoreError::Corrupt { what: "conversations.status", .. })), "{found:?}");
}
