//! What search keeps of messages.

use deskport_domain::{Message, MessageId};
use deskport_ports::{Eraser, Erasure, Inbox, SearchQuery, UnitOfWork, UserChange};
use deskport_storage_diesel::PostgresStore;
use deskport_testkit::build::{a_change, a_change_id, a_message, a_user, moment, user_id};
use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::RunQueryDsl;

use super::{database::Database, fresh};
use crate::given::a_helpdesk;

#[derive(QueryableByName)]
struct Kept {
    #[diesel(sql_type = BigInt)]
    messages: i64,
    #[diesel(sql_type = BigInt)]
    others: i64,
}

/// How many documents search keeps.
async fn kept(database: &Database) -> (i64, i64) {
    let count = "SELECT (SELECT count(*) FROM search_messages) AS messages,
        (SELECT count(*) FROM search_documents) AS others";
    let kept: Kept = sql_query(count).get_result(&mut database.connect().await).await.unwrap();
    (kept.messages, kept.others)
}

async fn found(store: &PostgresStore, word: &str) -> usize {
    store.search(&SearchQuery { words: vec![word.into()], limit: 10 }).await.unwrap().len()
}

/// Messages that all have the same words, by Jane and by Joe in turn.
fn message(number: u32) -> Message {
    let joe = a_user().id("user_joe").build();
    let message = a_message().body("<p>Okapi?</p>");
    let message = if number.is_multiple_of(2) { message } else { message.by_user(&joe) };
    Message { id: MessageId::from_uuid(number.into()), ..message.build() }
}

#[tokio::test]
async fn a_message_is_kept_once_and_goes_with_its_author() {
    let (store, database) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    let joe = UserChange::Create(a_user().id("user_joe").name("Joe").build());
    store.commit(a_change(moment(1)).with_user(joe)).await.unwrap();
    assert_eq!(found(&store, "okapi").await, 0);
    let before = kept(&database).await;

    for numbers in [1..71, 71..141] {
        for number in numbers {
            store.commit(a_change(moment(1)).with_message(message(number))).await.unwrap();
        }
        assert_eq!(found(&store, "oka").await, 1);
        assert_eq!(found(&store, "okapi").await, 1);
    }
    assert_eq!(kept(&database).await, (before.0 + 140, before.1));

    let erasure = Erasure { id: a_change_id(), user: user_id("user_joe"), at: moment(3) };
    assert_eq!(store.erase(&erasure).await.unwrap().unwrap().messages, 70);
    assert_eq!(kept(&database).await.0, before.0 + 70, "those of Jane stay");
    assert_eq!(found(&store, "okapi").await, 1);

    let erasure = Erasure { id: a_change_id() + 1, user: user_id("user_jane"), at: moment(4) };
    store.erase(&erasure).await.unwrap().unwrap();
    assert_eq!(kept(&database).await, (0, 0));
}
