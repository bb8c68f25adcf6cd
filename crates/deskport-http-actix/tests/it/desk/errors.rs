//! Every refusal.

use actix_web::http::Method;
use serde_json::Value;

use super::support::{DESK, Desk};
use crate::support::Answer;

/// The wrong fields of a refused request.
fn fields(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.problem(), ("/problems/invalid-fields".to_owned(), 422));
    let errors = answer.json()["errors"].as_array().unwrap().clone();
    errors.iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn what_is_unknown_is_404_and_told_apart() {
    let desk = Desk::new().await;
    let matter = desk.given_a_matter().await;
    let body = r#"{"agent_id":"agent_sarah","body":"x"}"#;
    for (method, path, kind) in [
        (Method::GET, "/users/nobody", "unknown-user"),
        (Method::GET, "/users/%20", "unknown-user"),
        (Method::PATCH, "/users/nobody", "unknown-user"),
        (Method::DELETE, "/users/nobody", "unknown-user"),
        (Method::GET, "/agents/nobody", "unknown-agent"),
        (Method::POST, "/agents/nobody/disable", "unknown-agent"),
        (Method::DELETE, "/agents/nobody/disable", "unknown-agent"),
        (Method::GET, "/conversations/none", "unknown-conversation"),
        (Method::PATCH, "/conversations/none", "unknown-conversation"),
        (Method::GET, "/conversations/none/messages", "unknown-conversation"),
        (Method::GET, "/conversations/none/messages?before=newest", "unknown-conversation"),
        (Method::POST, "/conversations/none/messages", "unknown-conversation"),
        (Method::POST, "/conversations/none/typing", "unknown-conversation"),
        (Method::GET, &format!("/conversations/{matter}/messages/none"), "unknown-message"),
        (Method::GET, "/nothing", "not-found"),
    ] {
        let answer = desk.world.send(desk.request(method, path).set_payload(body)).await;
        assert_eq!(answer.problem(), (format!("/problems/{kind}"), 404), "{path}");
    }
}

#[actix_web::test]
async fn what_is_wrong_in_a_query_is_told_by_parameter() {
    let desk = Desk::new().await;
    let matter = desk.given_a_matter().await;
    let messages = format!("/conversations/{matter}/messages");
    let user_cursor = "L3VzZXI";
    for (path, wrong) in [
        ("/conversations?status=new&assignee=a%20b&user=%C3%A4&updated_since=x&cursor=!&limit=0", 6),
        ("/conversations?limit=201", 1),
        ("/conversations?limit=many", 1),
        (&format!("/conversations?cursor={user_cursor}"), 1),
        ("/users?limit=0&cursor=MTpj", 2),
        ("/search", 1),
        ("/search?q=...", 1),
        (&format!("/search?q={}", "a+".repeat(21)), 1),
        (&format!("{messages}?after=x"), 1),
        (&format!("{messages}?before=-1&limit=0"), 2),
        (&format!("{messages}?after=1&before=2"), 1),
        ("/events?after=x&include=everything", 2),
    ] {
        assert_eq!(fields(&desk.get(path).await).len(), wrong, "{path}");
    }
    assert_eq!(desk.get("/conversations?limit=200&cursor=&new=1").await.status, 200, "tolerant");
}

#[actix_web::test]
async fn what_is_wrong_in_a_body_is_told_by_its_path() {
    let desk = Desk::new().await;
    let matter = desk.given_a_matter().await;
    let messages = format!("/conversations/{matter}/messages");
    let typing = format!("/conversations/{matter}/typing");
    for (path, json, wrong) in [
        (&*messages, r#"{"body":"x"}"#, "agent_id"),
        (&messages, r#"{"body":"x","agent_id":"nobody"}"#, "agent_id"),
        (&messages, r#"{"body":"x","agent_id":"a b"}"#, "agent_id"),
        (&messages, r#"{"body":"x","author":{"id":"nobody"}}"#, "author.id"),
        (&messages, r#"{"body":"x","author":{"id":"agent_sarah","user_type":"x"}}"#, "author.user_type"),
        (&messages, r#"{"body":"x","author":[]}"#, "author"),
        (&messages, r#"{"agent_id":"agent_sarah"}"#, "body"),
        (&messages, r#"{"agent_id":"agent_sarah","body":"x","visibility":"secret"}"#, "visibility"),
        (&messages, r#"{"agent_id":"agent_sarah","body":"x","created_at":"x"}"#, "created_at"),
        (&messages, r#"{"agent_id":"agent_sarah","attachments":[{"url":"a"}]}"#, "attachments[0].url"),
        ("/conversations", r#"{"user_id":"user_jane"}"#, "initial_message"),
        ("/conversations", r#"{"initial_message":{"agent_id":"agent_sarah","body":"x"}}"#, "user_id"),
        (
            "/conversations",
            r#"{"user_id":"nobody","initial_message":{"agent_id":"agent_sarah","body":"x"}}"#,
            "user_id",
        ),
        (
            "/conversations",
            r#"{"user_id":"user_jane","initial_message":{"agent_id":"nobody","body":"x"}}"#,
            "initial_message.agent_id",
        ),
        (
            "/conversations",
            r#"{"user_id":"user_jane","initial_message":{"body":"x"}}"#,
            "initial_message.agent_id",
        ),
        (&typing, "{}", "agent_id"),
        (&typing, r#"{"agent_id":"nobody"}"#, "agent_id"),
    ] {
        assert_eq!(fields(&desk.post(path, json).await), [wrong], "{path} {json}");
    }
    let matter = format!("/conversations/{matter}");
    assert_eq!(fields(&desk.patch(&matter, r#"{"assignee_id":"nobody"}"#).await), ["assignee_id"]);
    assert_eq!(fields(&desk.patch(&matter, r#"{"status":"new"}"#).await), ["status"]);
    assert_eq!(fields(&desk.put("/users/a%20b", "{}").await), ["user_id"]);
    assert_eq!(fields(&desk.put("/agents/a%20b", "{}").await), ["agent_id"]);
    assert_eq!(fields(&desk.post_keyed(&messages, "a b", "{}").await), ["Idempotency-Key"]);
    assert_eq!(fields(&desk.post_keyed(&messages, "", "{}").await), ["Idempotency-Key"]);
    assert_eq!(fields(&desk.post_keyed(&messages, &"a".repeat(256), "{}").await), ["Idempotency-Key"]);
}

#[actix_web::test]
async fn a_body_that_is_no_json_a_method_and_a_type_are_refused() {
    let desk = Desk::new().await;
    assert_eq!(desk.put("/users/u", "{").await.problem().1, 400);
    let answer = desk.delete("/conversations").await;
    assert_eq!((answer.problem().1, answer.header("allow")), (405, Some("GET, POST")));
    let text = desk.request(Method::PUT, "/users/u").insert_header(("Content-Type", "text/plain"));
    assert_eq!(desk.world.send(text.set_payload("{}")).await.problem().1, 415);
}

#[actix_web::test]
async fn each_role_opens_only_its_own_face() {
    let desk = Desk::new().await;
    let as_fin = actix_web::test::TestRequest::get()
        .uri(&format!("{DESK}/agents"))
        .insert_header(("Authorization", format!("Bearer {}", desk.world.token)));
    let refused = desk.world.send(as_fin).await;
    assert_eq!(refused.problem(), ("/problems/wrong-role".to_owned(), 403));
    assert!(refused.header("www-authenticate").unwrap().contains(r#"scope="desk""#));
    let as_desk = desk.world.fin(Method::GET, "/agents");
    let as_desk = as_desk.insert_header(("Authorization", format!("Bearer {}", desk.token)));
    assert_eq!(desk.world.send(as_desk).await.problem().1, 403);
    let nobody = actix_web::test::TestRequest::get().uri(&format!("{DESK}/events"));
    assert_eq!(desk.world.send(nobody).await.problem().1, 401);
}

#[actix_web::test]
async fn a_refusal_is_a_problem_as_on_the_fin_face() {
    let desk = Desk::new().await;
    let refused = desk.get("/users/nobody").await;
    assert_eq!(refused.header("content-type"), Some("application/problem+json"));
    let json: Value = refused.json();
    assert_eq!(json["instance"], "/api/desk/v1/users/nobody");
    assert_eq!(json["request_id"], "test");
}
