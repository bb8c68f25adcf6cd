//! Tokens and clients.

use std::sync::Arc;

use deskport_application::{AccessError, IssueTokenError, Role};
use deskport_domain::Timestamp;
use deskport_ports::TokenRepository;
use deskport_storage_memory::MemoryStore;
use deskport_testkit::build::{a_token, moment};

use crate::{desk, desk_over, desk_over_mock};

#[tokio::test]
async fn a_client_with_its_secret_fetches_a_token_of_its_role_for_an_hour() {
    let desk = desk();
    let access = &desk.helpdesk.access;
    let made = access.create_client(Role::Fin, "Fin".into()).await.unwrap();
    let issued = access.issue_token(&made.credential.id, made.secret.reveal()).await.unwrap();
    assert_eq!(issued.expires_in_s, 3_600);
    assert_eq!(access.authenticate(issued.secret.reveal()).await.unwrap().role, Role::Fin);

    desk.clock.advance(3_600_000);
    assert!(matches!(access.authenticate(issued.secret.reveal()).await, Err(AccessError::Expired)));
}

#[tokio::test]
async fn a_wrong_secret_an_unknown_client_and_a_revoked_one_look_alike() {
    let access = desk().helpdesk.access;
    let made = access.create_client(Role::Fin, "Fin".into()).await.unwrap();
    let id = made.credential.id;
    let wrong = access.issue_token(&id, "dps_wrong").await;
    let unknown = access.issue_token("client_unknown", made.secret.reveal()).await;
    assert!(access.revoke_client(&id).await.unwrap());
    let revoked = access.issue_token(&id, made.secret.reveal()).await;
    for outcome in [wrong, unknown, revoked] {
        assert!(matches!(outcome, Err(IssueTokenError::InvalidClient)));
    }
}

#[tokio::test]
async fn revoking_a_client_stops_the_tokens_that_it_fetched() {
    let access = desk().helpdesk.access;
    let made = access.create_client(Role::Fin, "Fin".into()).await.unwrap();
    let issued = access.issue_token(&made.credential.id, made.secret.reveal()).await.unwrap();
    access.authenticate(issued.secret.reveal()).await.unwrap();
    access.revoke_client(&made.credential.id).await.unwrap();
    assert!(matches!(access.authenticate(issued.secret.reveal()).await, Err(AccessError::Revoked)));
}

#[tokio::test]
async fn a_token_made_by_hand_works_until_it_is_revoked() {
    let desk = desk();
    let access = &desk.helpdesk.access;
    let made = access.create_token(Role::Desk, "by hand".into(), None).await.unwrap();
    desk.clock.set(Timestamp::MAX);
    assert_eq!(access.authenticate(made.secret.reveal()).await.unwrap().role, Role::Desk);
    assert!(access.revoke_token(&made.credential.id).await.unwrap());
    assert!(matches!(access.authenticate(made.secret.reveal()).await, Err(AccessError::Revoked)));
    assert!(!access.revoke_token("token_unknown").await.unwrap());
}

#[tokio::test]
async fn a_token_that_another_instance_revoked_stops_within_five_seconds() {
    let store = Arc::new(MemoryStore::default());
    let desk = desk_over(store.clone());
    let access = &desk.helpdesk.access;
    let made = access.create_token(Role::Fin, "shared".into(), None).await.unwrap();
    access.authenticate(made.secret.reveal()).await.unwrap();

    store.revoke_token(&made.credential.id, moment(0)).await.unwrap();
    desk.clock.advance(5_000);
    assert!(matches!(access.authenticate(made.secret.reveal()).await, Err(AccessError::Revoked)));
}

#[tokio::test]
async fn a_token_that_was_checked_a_moment_ago_costs_no_call_to_the_store() {
    let desk = desk_over_mock(|store| {
        store.expect_token().times(1).returning(|_| Ok(Some(a_token().build())));
    });
    for _ in 0..3 {
        desk.helpdesk.access.authenticate("dpt_any").await.unwrap();
    }
}

#[tokio::test]
async fn a_clock_that_was_set_back_does_not_keep_a_revoked_token_alive() {
    let desk = desk_over_mock(|store| {
        store.expect_token().times(2).returning(|_| Ok(Some(a_token().build())));
    });
    desk.helpdesk.access.authenticate("dpt_any").await.unwrap();
    desk.clock.advance(-60_000);
    desk.helpdesk.access.authenticate("dpt_any").await.unwrap();
}

#[tokio::test]
async fn nobody_unknown_comes_in() {
    let outcome = desk().helpdesk.access.authenticate("dpt_unknown").await;
    assert!(matches!(outcome, Err(AccessError::Unknown)));
}

#[tokio::test]
async fn secrets_do_not_show_themselves_in_debug_output() {
    let made = desk().helpdesk.access.create_token(Role::Fin, "x".into(), None).await.unwrap();
    assert!(!format!("{made:?}").contains(made.secret.reveal()));
}
