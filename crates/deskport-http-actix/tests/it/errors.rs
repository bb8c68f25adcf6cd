//! Every refusal of decision 7 in both variants.

use std::fmt::Write;

use actix_web::{http::Method, test::TestRequest};
use deskport_http_actix::HttpOptions;

use crate::support::{FIN, Transcript, World};

/// What is wrong, how variant R says it, and how variant P does.
type Fault = (&'static str, TestRequest, TestRequest);

const NOWHERE: &str = "conv_nowhere";
const NOBODY: &str = r#"{"user_id":"user_nobody","attributes":{}}"#;

/// Faults that are seen before anything is looked up.
fn unreadable(world: &World) -> Vec<Fault> {
    let post = |path: &str, body: &str| world.fin(Method::POST, path).set_payload(body.to_owned());
    let get = |path: &str| world.fin(Method::GET, path);
    let open =
        |path: &str| TestRequest::post().uri(&format!("{FIN}{path}")).insert_header(("X-Request-Id", "test"));
    let plain = |path: &str| post(path, "{}").insert_header(("Content-Type", "text/plain"));
    let large = format!(r#"{{"name":"{}"}}"#, "x".repeat(5_000));
    vec![
        ("not JSON", post("/user", "{,}"), post("/create_user", "{,}")),
        ("no body", post("/user", ""), post("/create_user", "")),
        ("no token", open("/user"), open("/create_user")),
        ("missing parameter", get("/user"), post("/get_user", "{}")),
        ("impossible id", get("/user?user_id=a%20b"), post("/get_user", r#"{"user_id":"a b"}"#)),
        ("several wrong fields", post("/messages", "{}"), post("/create_message", "{}")),
        ("wrong type", post("/messages", r#"{"body":7}"#), post("/create_message", r#"{"body":7}"#)),
        ("unknown method", world.fin(Method::DELETE, "/user"), get("/get_user")),
        ("not by content type", plain("/user"), plain("/create_user")),
        ("too large", post("/user", &large), post("/create_user", &large)),
    ]
}

/// Faults of requests that refer to what is not there.
fn unknown(world: &World, user: &str, conversation: &str) -> Vec<Fault> {
    let post = |path: &str, body: &str| world.fin(Method::POST, path).set_payload(body.to_owned());
    let put = |path: &str, body: &str| world.fin(Method::PUT, path).set_payload(body.to_owned());
    let get = |path: &str| world.fin(Method::GET, path);
    let asked = format!(r#"{{"conversation_id":"{NOWHERE}"}}"#);
    let list = format!("/messages?conversation_id={NOWHERE}");
    let load = format!("/conversation?conversation_id={NOWHERE}");
    let by = |author: &str| format!(r#""body":"Hi","author":{{"id":"{author}","user_type":"end_user"}}"#);
    let say = |to: &str, author: &str| format!(r#"{{"conversation_id":"{to}",{}}}"#, by(author));
    let begin = |owner: &str, author: &str| {
        format!(r#"{{"user_id":"{owner}","initial_message":{{{}}}}}"#, by(author))
    };
    let give = |what: &str, to: &str| format!(r#"{{"conversation_id":"{what}","assignee_id":"{to}"}}"#);
    let posted = |body: String| (post("/messages", &body), post("/create_message", &body));
    let opened = |body: String| (post("/conversation", &body), post("/create_conversation", &body));
    let given = |body: String| (put("/conversation", &body), post("/update_conversation", &body));
    [
        ("unknown user", (get("/user?user_id=user_nobody"), post("/get_user", NOBODY))),
        ("unknown user to update", (put("/user", NOBODY), post("/update_user", NOBODY))),
        ("unknown conversation", (get(&load), post("/get_conversation", &asked))),
        ("unknown conversation to list", (get(&list), post("/get_messages", &asked))),
        ("unknown conversation to update", given(give(NOWHERE, "agent_fin"))),
        ("unknown conversation to post to", posted(say(NOWHERE, user))),
        ("unknown author", posted(say(conversation, "user_nobody"))),
        ("unknown first author", opened(begin(user, "user_nobody"))),
        ("unknown owner", opened(begin("user_nobody", user))),
        ("unknown assignee", given(give(conversation, "agent_nobody"))),
    ]
    .map(|(what, (in_r, in_p))| (what, in_r, in_p))
    .into()
}

#[actix_web::test]
async fn every_fault_has_its_problem() {
    let world = World::with(HttpOptions { body_limit_bytes: 4_096, ..HttpOptions::default() }).await;
    let (mut table, mut r, mut p) = (String::new(), Transcript::default(), Transcript::default());
    let (user, conversation) = world.given_a_conversation().await;
    let faults = unreadable(&world).into_iter().chain(unknown(&world, &user, &conversation));
    for (fault, in_r, in_p) in faults {
        let (in_r, in_p) = (world.send(in_r).await, world.send(in_p).await);
        let (kind, status) = in_r.problem();
        assert_eq!(in_p.problem(), (kind.clone(), status), "{fault}");
        writeln!(table, "{fault:32} {status} {kind}").unwrap();
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
