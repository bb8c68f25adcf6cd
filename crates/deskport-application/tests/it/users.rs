//! End users.

use deskport_application::UserError;
use deskport_domain::{CreateUser, UpdateUser, UserId};
use deskport_ports::{CommitError, StoreError};

use crate::{desk, desk_over_mock, jane, named};

#[tokio::test]
async fn a_repeated_create_answers_the_user_of_the_first_time() {
    let desk = desk();
    let first = jane(&desk).await;
    let repeat = CreateUser { object_id: Some("123456".into()), update: named("Somebody Else") };
    let stored = desk.helpdesk.users.create(repeat).await.unwrap();
    assert_eq!((stored.id, stored.name.as_deref()), (first, Some("Jane Doe")));
}

#[tokio::test]
async fn without_an_object_id_every_create_makes_somebody_new() {
    let users = desk().helpdesk.users;
    let one = users.create(CreateUser::default()).await.unwrap();
    let two = users.create(CreateUser::default()).await.unwrap();
    assert_ne!(one.id, two.id);
}

#[tokio::test]
async fn an_unknown_user_can_be_neither_loaded_nor_updated() {
    let users = desk().helpdesk.users;
    let nobody = UserId::parse("user_nobody").unwrap();
    assert!(matches!(users.load(&nobody).await, Err(UserError::Unknown)));
    let update = UpdateUser { user: nobody, update: named("X") };
    assert!(matches!(users.update(update).await, Err(UserError::Unknown)));
}

#[tokio::test]
async fn a_store_that_fails_is_not_taken_for_an_unknown_user() {
    let desk = desk_over_mock(|store| {
        store.expect_commit().times(1).returning(|_| Err(CommitError::Store(StoreError::Overloaded)));
    });
    let update = UpdateUser { user: UserId::derived("1"), update: named("X") };
    let outcome = desk.helpdesk.users.update(update).await;
    assert!(matches!(outcome, Err(UserError::Store(StoreError::Overloaded))));
}
