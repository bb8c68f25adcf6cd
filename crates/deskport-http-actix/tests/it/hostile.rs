//! What no well-meaning caller sends.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::World;

const USER_PATHS: [&str; 2] = ["/user", "/create_user"];

#[actix_web::test]
async fn what_is_no_json_is_400_and_what_is_impossible_422() {
    let world = World::new().await;
    let nested = |open: &str, close: &str| format!("{}{}", open.repeat(10_000), close.repeat(10_000));
    let deep = format!(r#"{{"attributes":{}}}"#, nested(r#"{"a":["#, "]}"));
    for (json, status) in [
        ("", 400),
        (" ", 400),
        ("null", 422),
        ("[]", 422),
        ("\"text\"", 422),
        ("7", 422),
        ("{", 400),
        ("{}{}", 400),
        ("{\"name\":\"\u{0}\"}", 400),
        ("{'name':'x'}", 400),
        ("{\"name\":NaN}", 400),
        ("{\"attributes\":{\"n\":1e999}}", 400),
        ("{\"name\":7}", 422),
        ("{\"name\":{}}", 422),
        ("{\"attributes\":7}", 422),
        (deep.as_str(), 400),
        (nested("[", "]").as_str(), 400),
    ] {
        for path in USER_PATHS {
            let answer = world.post(path, json).await;
            assert_eq!(answer.problem().1, status, "{path} {}", &json[..json.len().min(40)]);
        }
    }
}

#[actix_web::test]
async fn what_can_make_sense_is_taken() {
    let world = World::new().await;
    for (json, name) in [
        (r#"{"name":"Jane","new_member":{"deep":[1,2]},"name2":null}"#, json!("Jane")),
        ("\u{feff}{\"name\":\"Jane\"}", json!("Jane")),
        (r#"{"name":"John","name":"Jane"}"#, json!("Jane")),
        (r#"{"name":"\u0000"}"#, json!("\u{fffd}")),
        (r#"{"name":"a\ud800b"}"#, json!("a\u{fffd}b")),
        (r#"{"name":"\ud83d\ude00"}"#, json!("😀")),
        (r#"{"name":null}"#, Value::Null),
        (r#"{"attributes":{"big":123456789012345678901234567890,"small":-1e-300}}"#, Value::Null),
    ] {
        for path in USER_PATHS {
            let answer = world.post(path, json).await;
            assert_eq!(answer.status, 201, "{path} {json}");
            assert_eq!(answer.json()["name"], name, "{path} {json}");
        }
    }
}

#[actix_web::test]
async fn bytes_that_are_not_utf8_are_not_json() {
    let world = World::new().await;
    let request = world.fin(Method::POST, "/user").set_payload(&b"{\"name\":\"\xff\"}"[..]);
    assert_eq!(world.send(request).await.problem().0, "/problems/not-json");
}

#[actix_web::test]
async fn only_plain_json_in_utf8_is_read() {
    let world = World::new().await;
    for (header, value, status) in [
        ("Content-Type", "application/json", 201),
        ("Content-Type", "application/json; charset=UTF-8", 201),
        ("Content-Type", "application/vnd.fin+json", 201),
        ("Content-Type", "Application/JSON", 201),
        ("Content-Type", "application/json; charset=utf-16", 415),
        ("Content-Type", "application/x-www-form-urlencoded", 415),
        ("Content-Type", "application/jsonp", 415),
        ("Content-Type", "json", 415),
        ("Content-Type", "", 415),
        ("Content-Encoding", "identity", 201),
        ("Content-Encoding", "gzip", 415),
    ] {
        let request = world.fin(Method::POST, "/user").insert_header((header, value)).set_payload("{}");
        assert_eq!(world.send(request).await.status.as_u16(), status, "{header}: {value}");
    }
}

#[actix_web::test]
async fn a_body_is_at_most_4_mib_and_a_message_1_mib() {
    let world = World::new().await;
    let (user, conversation) = world.given_a_conversation().await;
    let padded = |bytes: usize| format!("{{}}{}", " ".repeat(bytes - 2));
    assert_eq!(world.post("/user", padded(4 * 1024 * 1024)).await.status, 201);
    assert_eq!(world.post("/user", padded(4 * 1024 * 1024 + 1)).await.problem().1, 413);
    let say = |bytes: usize| {
        format!(
            r#"{{"conversation_id":"{conversation}","body":"{}","author":{{"id":"{user}","user_type":"end_user"}}}}"#,
            "x".repeat(bytes)
        )
    };
    assert_eq!(world.post("/messages", say(1024 * 1024)).await.status, 201);
    let refused = world.post("/messages", say(1024 * 1024 + 1)).await;
    assert_eq!(refused.problem().1, 422);
    assert_eq!(refused.json()["errors"][0]["field"], "body");
}

#[actix_web::test]
async fn a_query_may_be_odd() {
    let world = World::new().await;
    let user = world.given_a_user().await;
    for (query, status) in [
        (format!("user_id={user}&unknown=1"), 200),
        (format!("user_id={}", user.replace('_', "%5F")), 200),
        (format!("user_id={user}&user_id={user}"), 400),
        ("user_id=%FF".to_owned(), 422),
        ("user_id=%".to_owned(), 404),
        ("user_id=".to_owned(), 422),
        (format!("user_id={}", "x".repeat(5_000)), 422),
    ] {
        assert_eq!(world.get(&format!("/user?{query}")).await.status.as_u16(), status, "{query}");
    }
}

#[actix_web::test]
async fn html_comes_back_clean() {
    let world = World::new().await;
    let (user, conversation) = world.given_a_conversation().await;
    let say = format!(
        r#"{{"conversation_id":"{conversation}","body":"<p onclick=x>Hi<script>alert(1)</script></p>",
        "author":{{"id":"{user}","user_type":"end_user"}}}}"#
    );
    assert_eq!(world.post("/messages", say).await.json()["body"], "<p>Hi</p>");
}
