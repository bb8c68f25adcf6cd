//! Many callers at once.

use std::collections::BTreeSet;

use futures_util::future::join_all;

use crate::support::World;

#[actix_web::test]
async fn sixty_four_repeats_at_once_make_one_object_of_each_kind() {
    let world = World::new().await;
    let users = (0..64).map(|_| world.post("/create_user", r#"{"object_id":"u1","name":"Jane"}"#));
    let users: BTreeSet<(u16, Vec<u8>)> = all(users).await;
    assert_eq!(users.len(), 1);
    let user = world.given_a_user().await;

    let begin = format!(
        r#"{{"user_id":"{user}","object_id":"c1","initial_message":{{"body":"Hi","object_id":"m1",
        "author":{{"id":"{user}","user_type":"end_user"}}}}}}"#
    );
    let conversations = all((0..64).map(|_| world.post("/conversation", &begin))).await;
    assert_eq!(conversations.len(), 1);

    let conversation = world.post("/conversation", &begin).await.json();
    let conversation = conversation["conversation"]["id"].as_str().unwrap();
    let say = format!(
        r#"{{"conversation_id":"{conversation}","object_id":"m2","body":"Hello",
        "author":{{"id":"{user}","user_type":"end_user"}}}}"#
    );
    let messages = all((0..64).map(|_| world.post("/messages", &say))).await;
    assert_eq!(messages.len(), 1);
    assert_eq!(messages.first().unwrap().0, 201);
    let list = world.get(&format!("/messages?conversation_id={conversation}")).await.json();
    assert_eq!(list.as_array().unwrap().len(), 2);
}

/// The different answers among many.
async fn all(
    answers: impl Iterator<Item = impl Future<Output = crate::support::Answer>>,
) -> BTreeSet<(u16, Vec<u8>)> {
    let answers = join_all(answers).await;
    answers.into_iter().map(|answer| (answer.status.as_u16(), answer.body)).collect()
}
