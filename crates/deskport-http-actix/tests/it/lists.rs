//! Lists of messages: short ones at once, long ones page by page.

use deskport_application::{MessageQuery, Notes, Position};
use deskport_http_actix::HttpOptions;
use deskport_testkit::build::{agent_id, conversation_id};

use crate::support::World;

async fn post_many(world: &World, conversation: &str, user: &str, count: usize) {
    for number in 0..count {
        let json = format!(
            r#"{{"conversation_id":"{conversation}","body":"<p>Message {number}</p>",
            "author":{{"id":"{user}","user_type":"end_user"}}}}"#
        );
        let command: deskport_wire::CreateMessage = deskport_wire::parse(json.as_bytes()).unwrap();
        let command = command.into_domain(deskport_wire::Limits::default()).unwrap();
        world.helpdesk.messages.post(command).await.unwrap();
    }
}

#[actix_web::test]
async fn a_long_list_is_streamed_and_equals_the_store() {
    let world = World::new().await;
    let (user, conversation) = world.given_a_conversation().await;
    post_many(&world, &conversation, &user, 5_000).await;
    let query = MessageQuery {
        conversation: conversation_id(&conversation),
        after: Position::Start,
        notes: Notes::All,
        limit: 10_000,
    };
    let stored = world.helpdesk.messages.page(&query);
    let stored: Vec<String> =
        stored.await.unwrap().messages.into_iter().map(|each| each.message.id.to_string()).collect();
    assert_eq!(stored.len(), 5_001);

    let in_r = world.get(&format!("/messages?conversation_id={conversation}")).await;
    let in_p = world.post("/get_messages", format!(r#"{{"conversation_id":"{conversation}"}}"#)).await;
    assert_eq!((in_r.header("content-length"), in_p.header("content-length")), (None, None));
    for list in [in_r.json(), in_p.json()["data"].clone()] {
        let ids: Vec<&str> =
            list.as_array().unwrap().iter().map(|message| message["id"].as_str().unwrap()).collect();
        assert_eq!(ids, stored);
    }
}

#[actix_web::test]
async fn a_list_may_end_with_any_page() {
    let world = World::with(HttpOptions { page_size: 2.try_into().unwrap(), ..HttpOptions::default() }).await;
    let (user, conversation) = world.given_a_conversation().await;
    for count in 1..=5 {
        let list = world.get(&format!("/messages?conversation_id={conversation}")).await.json();
        assert_eq!(list.as_array().unwrap().len(), count);
        post_many(&world, &conversation, &user, 1).await;
    }
}

#[actix_web::test]
async fn after_id_is_a_hint() {
    let world = World::new().await;
    let (user, conversation) = world.given_a_conversation().await;
    post_many(&world, &conversation, &user, 2).await;
    let all = world.get(&format!("/messages?conversation_id={conversation}")).await.json();
    let second = all[1]["id"].as_str().unwrap();
    let count = async |after: &str| {
        let in_r = world.get(&format!("/messages?conversation_id={conversation}&after_id={after}")).await;
        let asked = format!(r#"{{"conversation_id":"{conversation}","after_id":"{after}"}}"#);
        let in_p = world.post("/get_messages", asked).await;
        assert_eq!(in_r.json(), in_p.json()["data"]);
        in_r.json().as_array().unwrap().len()
    };
    assert_eq!(count(second).await, 1);
    for hint in ["", "msg_unknown", "%20"] {
        assert_eq!(count(hint).await, 3, "{hint}");
    }
}

#[actix_web::test]
async fn notes_of_the_desk_may_be_kept_from_fin() {
    let own = HttpOptions { notes: Notes::By(agent_id("agent_fin")), ..HttpOptions::default() };
    for (options, expected) in [(HttpOptions::default(), 2), (own, 1)] {
        let world = World::with(options).await;
        let (user, conversation) = world.given_a_conversation().await;
        let note = format!(
            r#"{{"conversation_id":"{conversation}","body":"A note","visibility":"private",
            "author":{{"id":"{user}","user_type":"end_user"}}}}"#
        );
        assert_eq!(world.post("/messages", note).await.status, 201);
        let list = world.get(&format!("/messages?conversation_id={conversation}")).await.json();
        assert_eq!(list.as_array().unwrap().len(), expected);
    }
}
