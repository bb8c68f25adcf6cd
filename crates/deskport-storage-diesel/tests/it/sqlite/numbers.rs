//! The numbers by which search names messages.

use deskport_ports::{ConversationChange, UnitOfWork, UserChange};
use deskport_testkit::build::{a_change, a_conversation, a_message, a_user, moment};
use diesel::{QueryableByName, RunQueryDsl as _, sql_query, sql_types::BigInt};

use super::{fresh, stranger};
use crate::given::{a_helpdesk, post};

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    messages: i64,
    #[diesel(sql_type = BigInt)]
    numbers: i64,
}

#[tokio::test]
async fn each_message_has_a_number_of_its_own_however_it_was_stored() {
    let (store, directory) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    for number in 1..10 {
        store.commit(post(number)).await.unwrap();
        let user = a_user().id(&format!("user_{number}")).build();
        let conversation = a_conversation().id(&format!("conv_{number}")).of(&user).build();
        let first = a_message().within(&conversation).by_user(&user).build();
        let changes = a_change(moment(0))
            .with_user(UserChange::Create(user))
            .with_conversation(ConversationChange::Create(conversation))
            .with_message(first);
        store.commit(changes).await.unwrap();
    }

    let count = "SELECT count(*) AS messages, count(DISTINCT number) AS numbers FROM messages \
        JOIN events ON position = number";
    let counted: Counted = sql_query(count).get_result(&mut stranger(&directory)).unwrap();
    assert_eq!((counted.messages, counted.numbers), (19, 19));
}
