//! Creates that are repeated.

use std::collections::BTreeSet;

use futures_util::future::join_all;

use super::support::Desk;

const REPLY: &str = r#"{"agent_id":"agent_sarah","body":"<p>Once</p>"}"#;

#[actix_web::test]
async fn sixty_four_repeats_at_once_post_one_message() {
    let desk = Desk::new().await;
    let messages = format!("/conversations/{}/messages", desk.given_a_matter().await);
    let answers = join_all((0..64).map(|_| desk.post_keyed(&messages, "key-1", REPLY))).await;
    let bodies: BTreeSet<String> = answers
        .iter()
        .map(|answer| {
            assert_eq!(answer.status, 201);
            answer.json().to_string()
        })
        .collect();
    assert_eq!(bodies.len(), 1);
    assert_eq!(desk.get(&messages).await.json()["data"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn a_repeat_with_other_words_answers_the_first_ones() {
    let desk = Desk::new().await;
    let messages = format!("/conversations/{}/messages", desk.given_a_matter().await);
    let first = desk.post_keyed(&messages, "key-1", REPLY).await.json();
    let other = r#"{"agent_id":"agent_sarah","body":"Other words"}"#;
    assert_eq!(desk.post_keyed(&messages, "key-1", other).await.json(), first);
    assert_ne!(desk.post_keyed(&messages, "key-2", other).await.json()["id"], first["id"]);
    let elsewhere = format!("/conversations/{}/messages", desk.given_another().await);
    assert_ne!(desk.post_keyed(&elsewhere, "key-1", other).await.json()["id"], first["id"]);
}

#[actix_web::test]
async fn a_repeated_conversation_begins_once() {
    let desk = Desk::new().await;
    desk.given_a_matter().await;
    let begin = r#"{"user_id":"user_jane","initial_message":{"agent_id":"agent_sarah","body":"x"}}"#;
    let first = desk.post_keyed("/conversations", "k", begin).await;
    assert_eq!(first.status, 201);
    assert_eq!(desk.post_keyed("/conversations", "k", begin).await.json(), first.json());
    assert_eq!(desk.get("/conversations").await.json()["data"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn a_key_of_the_desk_is_no_object_id_of_fins() {
    let desk = Desk::new().await;
    let (user, matter) = desk.world.given_a_conversation().await;
    let messages = format!("/conversations/{matter}/messages");
    // Fin's own message has the object id `m1`, its conversation `c1`.
    let reply = format!(r#"{{"author":{{"id":"{user}","user_type":"end_user"}},"body":"Mine"}}"#);
    assert_eq!(desk.post_keyed(&messages, "m1", &reply).await.json()["body"], "Mine");
    let begin = format!(r#"{{"user_id":"{user}","initial_message":{reply}}}"#);
    let begun = desk.post_keyed("/conversations", "c1", &begin).await.json();
    assert_ne!(begun["conversation"]["id"], matter.as_str());
}
