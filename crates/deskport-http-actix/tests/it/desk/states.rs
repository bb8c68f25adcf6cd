//! Updates: three states of each field.

use serde_json::{Value, json};

use super::support::Desk;

#[actix_web::test]
async fn fields_of_a_conversation_are_kept_set_and_cleared() {
    let desk = Desk::new().await;
    let path = format!("/conversations/{}", desk.given_a_matter().await);
    let set = r#"{"title":"A","tags":["a","b"],"attributes":{"x":1,"y":2},"status":"ended",
        "assignee_id":"agent_sarah","last_user_read_at":"2025-10-27T15:45:00Z"}"#;
    let set = desk.patch(&path, set).await.json();
    assert_eq!(set["waiting_since"], Value::Null);
    assert_eq!(desk.patch(&path, "{}").await.json(), set, "absent keeps");
    assert_eq!(desk.patch(&path, r#"{"status":null}"#).await.json()["status"], "ended");

    let merged = desk.patch(&path, r#"{"attributes":{"x":null,"z":3}}"#).await.json();
    assert_eq!(merged["attributes"], json!({"y": 2, "z": 3}));
    let clear = r#"{"title":null,"tags":null,"attributes":null,"assignee_id":null,"last_user_read_at":null}"#;
    let cleared = desk.patch(&path, clear).await.json();
    for (member, empty) in [
        ("title", Value::Null),
        ("tags", json!([])),
        ("attributes", json!({})),
        ("assignee", Value::Null),
        ("last_user_read_at", Value::Null),
    ] {
        assert_eq!(cleared[member], empty, "{member}");
    }
    assert!(cleared["waiting_since"].is_string(), "a person must take over");
}

#[actix_web::test]
async fn fields_of_people_are_kept_set_and_cleared() {
    let desk = Desk::new().await;
    for path in ["/users/u", "/agents/a"] {
        desk.put(path, r#"{"name":"A","email":"a@example.com"}"#).await;
        let changed = desk.put(path, r#"{"name":null,"photo_url":"https://a.example"}"#).await.json();
        assert_eq!(changed["name"], Value::Null);
        assert_eq!(changed["email"], "a@example.com");
        assert_eq!(changed["photo_url"], "https://a.example");
    }
    let changed = desk.patch("/users/u", r#"{"email":null,"attributes":{"a":{"b":1}}}"#).await.json();
    assert_eq!((&changed["email"], &changed["attributes"]["a"]["b"]), (&Value::Null, &json!(1)));
}
