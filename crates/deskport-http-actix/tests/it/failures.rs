//! What callers learn when the store fails, and what they do not.

use std::fmt::Write;

use deskport_domain::Author;
use deskport_http_actix::HttpOptions;
use deskport_ports::{CommitError, MessagePage, Position, SequencedMessage, StoreError};
use deskport_testkit::build::{a_message, a_user};

use crate::support::{Answer, World};

const CAUSE: &str = "SELECT secret FROM tokens";

fn all_errors() -> [StoreError; 4] {
    [
        StoreError::unavailable(CAUSE),
        StoreError::Overloaded,
        StoreError::corrupt("messages.author", CAUSE),
        StoreError::backend(CAUSE),
    ]
}

/// A conversation of which only the first two messages can be read, and agents that cannot be read.
pub(crate) fn a_list_that_breaks_off() -> World {
    World::over_mock(|store| {
        store.expect_messages().times(1).returning(|_| {
            let message = |sequence: u64| SequencedMessage {
                sequence,
                message: a_message().id(&format!("msg_{sequence}")).build(),
            };
            Ok(Some(MessagePage {
                messages: vec![message(1), message(2)],
                authors: vec![Author::EndUser(a_user().build())],
                next: Some(Position::Sequence(2)),
            }))
        });
        store.expect_messages().times(1).returning(|_| Err(StoreError::unavailable(CAUSE)));
        store.expect_agents().returning(|| Err(StoreError::backend(CAUSE)));
    })
}

fn shows_nothing(answer: &Answer) {
    let text = String::from_utf8_lossy(&answer.body);
    assert!(!text.contains("SELECT") && !text.contains("secret"), "{text}");
}

#[actix_web::test]
async fn each_failure_of_the_store_has_its_status() {
    let mut table = String::new();
    for number in 0..4 {
        let nth = move || all_errors().into_iter().nth(number).unwrap();
        let world = World::over_mock(|store| {
            store.expect_agents().returning(move || Err(nth()));
            store.expect_commit().returning(move |_| Err(CommitError::Store(nth())));
            store.expect_check().returning(move || Err(nth()));
        });
        for (what, answer) in [
            ("R reads", world.get("/agents").await),
            ("P writes", world.post("/create_user", "{}").await),
            ("readyz", world.send(actix_web::test::TestRequest::get().uri("/readyz")).await),
        ] {
            shows_nothing(&answer);
            let (kind, status) = answer.problem();
            let retry = answer.header("retry-after").unwrap_or("-");
            let error = nth();
            writeln!(table, "{what:9} {status} {kind:27} {retry:2} {error}").unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

#[actix_web::test]
async fn a_store_that_fails_to_check_a_token_is_no_reason_to_fetch_another() {
    let world = World::over_mock(|store| {
        store.checkpoint();
        store.expect_token().returning(|_| Err(StoreError::unavailable(CAUSE)));
    });
    let answer = world.get("/agents").await;
    assert_eq!(answer.problem(), ("/problems/store-unavailable".to_owned(), 503));
    shows_nothing(&answer);
}

#[actix_web::test]
async fn a_list_that_fails_before_its_head_has_its_status() {
    let world = World::over_mock(|store| {
        store.expect_messages().returning(|_| Err(StoreError::Overloaded));
    });
    let answer = world.post("/get_messages", r#"{"conversation_id":"conv_pricing"}"#).await;
    assert_eq!(answer.problem(), ("/problems/overloaded".to_owned(), 503));
}

#[actix_web::test]
async fn a_list_that_fails_after_its_head_is_not_whole() {
    let answer = a_list_that_breaks_off().get("/messages?conversation_id=conv_pricing").await;
    assert_eq!(answer.status, 200);
    assert!(!answer.whole);
}

#[actix_web::test]
async fn a_full_server_says_so_at_once() {
    let world = World::with(HttpOptions { max_in_flight: 0, ..HttpOptions::default() }).await;
    for answer in [world.get("/agents").await, world.post("/get_agents", "").await] {
        assert_eq!(answer.problem(), ("/problems/overloaded".to_owned(), 503));
        assert_eq!(answer.header("retry-after"), Some("1"));
    }
}

#[actix_web::test]
async fn a_place_is_free_again_after_each_request() {
    let options =
        HttpOptions { max_in_flight: 1, page_size: 1.try_into().unwrap(), ..HttpOptions::default() };
    let world = World::with(options).await;
    let (_, conversation) = world.given_a_conversation().await;
    for _ in 0..3 {
        assert_eq!(world.get(&format!("/messages?conversation_id={conversation}")).await.status, 200);
        assert_eq!(world.post("/create_user", "{").await.status, 400);
    }
}
