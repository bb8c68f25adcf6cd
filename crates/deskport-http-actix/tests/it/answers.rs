//! Every endpoint of both variants, as a caller reads it.

use deskport_testkit::build::moment;

use crate::support::{Transcript, World};

#[actix_web::test]
async fn variant_r_answers() {
    let world = World::new().await;
    let mut seen = Transcript::default();

    seen.add("agents", &world.get("/agents").await);
    let user = world
        .post("/user", r#"{"name":"Jane Doe","email":"jane.doe@example.com","object_id":"123456"}"#)
        .await;
    seen.add("create user", &user);
    let id = user.json()["id"].as_str().unwrap().to_owned();
    world.clock.set(moment(1_000));
    let attributes = r#"{"plan_type":"enterprise","is_premium":true}"#;
    seen.add(
        "update user",
        &world.put("/user", format!(r#"{{"user_id":"{id}","attributes":{attributes}}}"#)).await,
    );
    seen.add("load user", &world.get(&format!("/user?user_id={id}")).await);

    let created = world
        .post(
            "/conversation",
            format!(
                r#"{{"title":"Question about pricing","user_id":"{id}","object_id":"123456","initial_message":{{
                "message_type":"comment","body":"<p>Hi!</p>","author":{{"id":"{id}","user_type":"end_user"}},
                "visibility":"public","attributes":{{"issue_type":"Billing"}},"object_id":"123456",
                "created_at":"2025-10-27T14:30:00.000Z","attachments":[]}}}}"#
            ),
        )
        .await;
    seen.add("create conversation", &created);
    let conversation = created.json()["conversation"]["id"].as_str().unwrap().to_owned();
    let update = format!(
        r#"{{"conversation_id":"{conversation}","title":"Pricing inquiry - resolved","tags":["pricing","sales"],
        "attributes":{{"priority":"High"}},"status":"resolved","assignee_id":"agent_fin",
        "last_user_read_at":"2025-10-27T15:45:00.000Z"}}"#
    );
    seen.add("update conversation", &world.put("/conversation", update).await);
    seen.add("load conversation", &world.get(&format!("/conversation?conversation_id={conversation}")).await);
    let message = format!(
        r#"{{"conversation_id":"{conversation}","message_type":"comment","author":{{"id":"agent_fin","user_type":"agent"}},
        "visibility":"public","object_id":"123457","attachments":[{{"url":"https://example.com/files/pricing-guide.pdf",
        "filetype":"pdf","filename":"Pricing Guide 2025"}}]}}"#
    );
    let message = world.post("/messages", message).await;
    seen.add("create message", &message);
    let list = format!("/messages?conversation_id={conversation}");
    seen.add("list messages", &world.get(&list).await);
    let last = message.json()["id"].as_str().unwrap().to_owned();
    seen.add("nothing new", &world.get(&format!("{list}&after_id={last}")).await);

    insta::assert_snapshot!(seen.text());
}

#[actix_web::test]
async fn variant_p_answers() {
    let world = World::new().await;
    let mut seen = Transcript::default();

    seen.add("get_agents", &world.post("/get_agents", "{}").await);
    let user = world
        .post(
            "/create_user",
            r#"{"name":"Jane Doe","email":"jane.doe@example.com","object_id":"123456","attributes":{"plan":"free"}}"#,
        )
        .await;
    seen.add("create_user", &user);
    let id = user.json()["id"].as_str().unwrap().to_owned();
    let attributes = r#"{"plan":null,"is_premium":true}"#;
    let update = format!(r#"{{"user_id":"{id}","attributes":{attributes}}}"#);
    seen.add("update_user", &world.post("/update_user", update).await);
    seen.add("get_user", &world.post("/get_user", format!(r#"{{"user_id":"{id}"}}"#)).await);

    let created = world
        .post(
            "/create_conversation",
            r#"{"title":null,"user":{"id":"user_new","name":"Jim","user_type":"end_user"},"object_id":"123456",
            "attributes":{"issue_type":"Billing","priority":"High"},"initial_message":{"message_type":"comment",
            "body":"<p>Hi!</p>","author":{"id":"user_new","user_type":"end_user"},"object_id":"123456"}}"#,
        )
        .await;
    seen.add("create_conversation", &created);
    let conversation = created.json()["data"]["conversation"]["id"].as_str().unwrap().to_owned();
    let update = format!(
        r#"{{"conversation_id":"{conversation}","assignee_id":"agent_fin",
        "user":{{"id":"user_new","email":"jim@example.com"}}}}"#
    );
    seen.add("update_conversation", &world.post("/update_conversation", update).await);
    let asked = format!(r#"{{"conversation_id":"{conversation}"}}"#);
    seen.add("get_conversation", &world.post("/get_conversation", &asked).await);
    let message = format!(
        r#"{{"conversation_id":"{conversation}","body":null,"author":{{"id":"agent_fin","user_type":"agent"}},
        "object_id":"9","attachments":[{{"url":"https://example.com/a.pdf"}}]}}"#
    );
    seen.add("create_message", &world.post("/create_message", message).await);
    seen.add("get_messages", &world.post("/get_messages", &asked).await);

    insta::assert_snapshot!(seen.text());
}

#[actix_web::test]
async fn a_repeated_create_answers_the_stored_object_as_before() {
    let world = World::new().await;
    let (user, conversation) = world.given_a_conversation().await;
    assert_eq!(world.given_a_conversation().await, (user.clone(), conversation.clone()));

    let say = |body: &str| {
        format!(
            r#"{{"conversation_id":"{conversation}","object_id":"m2","body":"{body}",
            "author":{{"id":"{user}","user_type":"end_user"}}}}"#
        )
    };
    for path in ["/messages", "/create_message"] {
        let first = world.post(path, say("once")).await;
        let again = world.post(path, say("twice")).await;
        assert_eq!((first.status.as_u16(), &first.body), (again.status.as_u16(), &again.body));
        assert_eq!(again.status, 201);
        assert_eq!(again.json()["body"], "once");
    }
}

#[actix_web::test]
async fn a_trailing_slash_is_harmless() {
    let world = World::new().await;
    let (user, _) = world.given_a_conversation().await;
    for path in [format!("/user/?user_id={user}"), "/agents/".to_owned()] {
        assert_eq!(world.get(&path).await.status, 200, "{path}");
    }
    let asked = format!(r#"{{"user_id":"{user}"}}"#);
    assert_eq!(world.post("/get_user/", asked).await.status, 200);
    assert_eq!(world.post("/get_user/", "{").await.json()["data"], serde_json::Value::Null);
}
