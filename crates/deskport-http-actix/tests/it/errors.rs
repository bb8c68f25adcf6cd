//! Every refusal of decision 7 in both variants.

use actix_web::{http::Method, test::TestRequest};
use deskport_http_actix::HttpOptions;

use crate::support::{Answer, FIN, Transcript, World};

const NOWHERE: &str = "conv_nowhere";

/// The same fault in variant R and in variant P.
async fn faults(world: &World) -> Vec<(&'static str, Answer, Answer)> {
    let (user, conversation) = world.given_a_conversation().await;
    let message = |conversation: &str, author: &str| {
        format!(
            r#"{{"conversation_id":"{conversation}","body":"Hi","author":{{"id":"{author}","user_type":"end_user"}}}}"#
        )
    };
    let begin = |owner: &str, author: &str| {
        format!(
            r#"{{"user_id":"{owner}","initial_message":{{"body":"Hi","author":{{"id":"{author}","user_type":"end_user"}}}}}}"#
        )
    };
    let change = |conversation: &str, assignee: &str| {
        format!(r#"{{"conversation_id":"{conversation}","assignee_id":"{assignee}"}}"#)
    };
    let nobody = r#"{"user_id":"user_nobody","attributes":{}}"#;
    let large = format!(r#"{{"name":"{}"}}"#, "x".repeat(5_000));
    let typed = |path: &str, kind: &str| {
        world.fin(Method::POST, path).insert_header(("Content-Type", kind)).set_payload("{}")
    };
    let open =
        |path: &str| TestRequest::post().uri(&format!("{FIN}{path}")).insert_header(("X-Request-Id", "test"));
    vec![
        ("not JSON", world.post("/user", "{,}").await, world.post("/create_user", "{,}").await),
        ("no body", world.post("/user", "").await, world.post("/create_user", "").await),
        ("no token", world.send(open("/user")).await, world.send(open("/create_user")).await),
        ("missing parameter", world.get("/user").await, world.post("/get_user", "{}").await),
        (
            "impossible id",
            world.get("/user?user_id=a%20b").await,
            world.post("/get_user", r#"{"user_id":"a b"}"#).await,
        ),
        ("unknown user", world.get("/user?user_id=user_nobody").await, world.post("/get_user", nobody).await),
        (
            "unknown user to update",
            world.put("/user", nobody).await,
            world.post("/update_user", nobody).await,
        ),
        (
            "unknown conversation",
            world.get("/conversation?conversation_id=conv_nowhere").await,
            world.post("/get_conversation", r#"{"conversation_id":"conv_nowhere"}"#).await,
        ),
        (
            "unknown conversation to list",
            world.get("/messages?conversation_id=conv_nowhere").await,
            world.post("/get_messages", r#"{"conversation_id":"conv_nowhere"}"#).await,
        ),
        (
            "unknown conversation to update",
            world.put("/conversation", change(NOWHERE, "agent_fin")).await,
            world.post("/update_conversation", change(NOWHERE, "agent_fin")).await,
        ),
        (
            "unknown conversation to post to",
            world.post("/messages", message(NOWHERE, &user)).await,
            world.post("/create_message", message(NOWHERE, &user)).await,
        ),
        (
            "unknown author",
            world.post("/messages", message(&conversation, "user_nobody")).await,
            world.post("/create_message", message(&conversation, "user_nobody")).await,
        ),
        (
            "unknown first author",
            world.post("/conversation", begin(&user, "user_nobody")).await,
            world.post("/create_conversation", begin(&user, "user_nobody")).await,
        ),
        (
            "unknown owner",
            world.post("/conversation", begin("user_nobody", &user)).await,
            world.post("/create_conversation", begin("user_nobody", &user)).await,
        ),
        (
            "unknown assignee",
            world.put("/conversation", change(&conversation, "agent_nobody")).await,
            world.post("/update_conversation", change(&conversation, "agent_nobody")).await,
        ),
        (
            "several wrong fields",
            world.post("/messages", "{}").await,
            world.post("/create_message", "{}").await,
        ),
        (
            "wrong type",
            world.post("/messages", r#"{"body":7}"#).await,
            world.post("/create_message", r#"{"body":7}"#).await,
        ),
        (
            "unknown method",
            world.send_json(Method::DELETE, "/user", "").await,
            world.send_json(Method::GET, "/get_user", "").await,
        ),
        (
            "not by content type",
            world.send(typed("/user", "text/plain")).await,
            world.send(typed("/create_user", "text/plain")).await,
        ),
        ("too large", world.post("/user", &large).await, world.post("/create_user", &large).await),
    ]
}

#[actix_web::test]
async fn every_fault_has_its_problem() {
    let world = World::with(HttpOptions { body_limit_bytes: 4_096, ..HttpOptions::default() }).await;
    let (mut table, mut r, mut p) = (String::new(), Transcript::default(), Transcript::default());
    for (fault, in_r, in_p) in faults(&world).await {
        let (kind, status) = in_r.problem();
        assert_eq!(in_p.problem(), (kind.clone(), status), "{fault}");
        table.push_str(&format!("{fault:32} {status} {kind}\n"));
        r.add(fault, &in_r);
        p.add(fault, &in_p);
    }
    insta::assert_snapshot!("every_fault", table);
    insta::assert_snapshot!("every_fault_in_variant_r", r.text());
    insta::assert_snapshot!("every_fault_in_variant_p", p.text());
}

#[actix_web::test]
async fn an_unknown_path_below_the_prefix_is_told_in_the_form_of_variant_r() {
    let world = World::new().await;
    let answer = world.get("/users/17?secret=x").await;
    assert_eq!(answer.problem(), ("/problems/not-found".to_owned(), 404));
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert_eq!(answer.json()["instance"], "/api/fin/users/17");
}

#[actix_web::test]
async fn a_method_that_a_path_does_not_know_is_told_those_that_it_knows() {
    let world = World::new().await;
    for (path, method, allow) in [
        ("/user", Method::DELETE, "GET, PUT, POST"),
        ("/agents", Method::POST, "GET"),
        ("/messages", Method::PUT, "GET, POST"),
        ("/create_message", Method::PUT, "POST"),
        ("/get_agents", Method::OPTIONS, "POST"),
    ] {
        let answer = world.send_json(method, path, "").await;
        assert_eq!(answer.problem().1, 405, "{path}");
        assert_eq!(answer.header("allow"), Some(allow), "{path}");
    }
}
