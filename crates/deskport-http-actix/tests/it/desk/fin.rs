//! Of which changes Fin is told.

use super::support::Desk;

#[actix_web::test]
async fn what_the_desk_changes_is_told_once() {
    let desk = Desk::new().await;
    let path = format!("/conversations/{}", desk.given_a_matter().await);
    let messages = format!("{path}/messages");
    assert_eq!(desk.pending().await.len(), 1, "the new conversation");
    let reply = r#"{"agent_id":"agent_sarah","body":"x"}"#;
    assert_eq!(desk.tells_fin(desk.post(&messages, reply)).await, 1);
    for change in [r#"{"status":"closed"}"#, r#"{"status":"open"}"#, r#"{"assignee_id":"agent_sarah"}"#] {
        assert_eq!(desk.tells_fin(desk.patch(&path, change)).await, 1, "{change}");
    }
    assert_eq!(desk.tells_fin(desk.patch("/users/user_jane", r#"{"name":"J"}"#)).await, 1);
    assert_eq!(desk.pending().await.len(), 1, "never more than one for a conversation");
}

#[actix_web::test]
async fn notes_repeats_agents_and_what_changes_nothing_are_not_told() {
    let desk = Desk::new().await;
    let path = format!("/conversations/{}", desk.given_a_matter().await);
    let messages = format!("{path}/messages");
    let reply = r#"{"agent_id":"agent_sarah","body":"x"}"#;
    desk.post_keyed(&messages, "k", reply).await;
    let note = r#"{"agent_id":"agent_sarah","visibility":"private","body":"x"}"#;
    assert_eq!(desk.tells_fin(desk.post(&messages, note)).await, 0);
    assert_eq!(desk.tells_fin(desk.post_keyed(&messages, "k", reply)).await, 0);
    assert_eq!(desk.tells_fin(desk.patch(&path, r#"{"status":"open"}"#)).await, 0);
    assert_eq!(desk.tells_fin(desk.put("/agents/agent_sarah", r#"{"alias":"S"}"#)).await, 0);
}

#[actix_web::test]
async fn what_fin_changes_is_not_told_to_fin() {
    let desk = Desk::new().await;
    let (_, matter) = desk.world.given_a_conversation().await;
    let reply = format!(
        r#"{{"conversation_id":"{matter}","body":"x","author":{{"id":"agent_fin","user_type":"agent"}}}}"#
    );
    assert_eq!(desk.world.post("/messages", reply).await.status, 201);
    assert_eq!(desk.pending().await, []);
}

#[actix_web::test]
async fn of_somebody_who_was_erased_nothing_is_left() {
    let desk = Desk::new().await;
    let path = format!("/conversations/{}", desk.given_a_matter().await);
    let receipt = desk.delete("/users/user_jane").await.json();
    assert_eq!((receipt["conversations"].as_u64(), receipt["messages"].as_u64()), (Some(1), Some(1)));
    for gone in [&path, "/users/user_jane"] {
        assert_eq!(desk.get(gone).await.status, 404);
    }
    assert_eq!(desk.pending().await, []);
    assert_eq!(desk.delete("/users/user_jane").await.problem().1, 404);
}
