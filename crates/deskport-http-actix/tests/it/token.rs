//! The token endpoint (RFC 6749 sections 2.3, 4.4 and 5).

use actix_web::test::TestRequest;
use base64::{Engine, engine::general_purpose::STANDARD};
use deskport_http_actix::HttpOptions;

use crate::support::{Answer, Transcript, World};

const GRANT: &str = "grant_type=client_credentials";
const FORM: &str = "application/x-www-form-urlencoded";

fn request(kind: &str, body: impl Into<String>) -> TestRequest {
    let request = TestRequest::post().uri("/oauth/token").insert_header(("X-Request-Id", "test"));
    request.insert_header(("Content-Type", kind)).set_payload(body.into())
}

fn by_basic(id: &str, secret: &str) -> TestRequest {
    let pair = STANDARD.encode(format!("{id}:{secret}"));
    request(FORM, GRANT).insert_header(("Authorization", format!("Basic {pair}")))
}

fn by_form(id: &str, secret: &str) -> TestRequest {
    request(FORM, format!("{GRANT}&client_id={id}&client_secret={secret}"))
}

async fn send(world: &World, request: TestRequest) -> Answer {
    world.send(request).await
}

#[actix_web::test]
async fn a_client_gets_a_token_that_opens_the_face() {
    let world = World::new().await;
    let (id, secret) = (&world.client_id, &world.client_secret);
    let json = format!(
        r#"{{"grant_type":"client_credentials","client_id":"{id}","client_secret":"{secret}","scope":"x"}}"#
    );
    let encoded = id.replace('_', "%5F");
    for request in [
        by_form(id, secret),
        by_basic(id, secret),
        by_basic(&encoded, secret),
        request("application/json; charset=utf-8", json),
    ] {
        let answer = send(&world, request).await;
        assert_eq!(answer.status, 200);
        assert_eq!(
            (answer.header("cache-control"), answer.header("pragma")),
            (Some("no-store"), Some("no-cache"))
        );
        let answer = answer.json();
        assert_eq!((&answer["token_type"], &answer["expires_in"]), (&"Bearer".into(), &3_600.into()));
        let bearer = format!("Bearer {}", answer["access_token"].as_str().unwrap());
        let agents = TestRequest::get().uri("/api/fin/agents").insert_header(("Authorization", bearer));
        assert_eq!(send(&world, agents).await.status, 200);
    }
}

#[actix_web::test]
async fn every_refusal_is_told_as_rfc_6749_says() {
    let world = World::new().await;
    let (id, secret) = (&world.client_id, &world.client_secret);
    let mut seen = Transcript::default();
    for (what, request) in [
        ("unknown client", by_form("client_nobody", secret)),
        ("wrong secret", by_form(id, "dps_wrong")),
        ("wrong secret by basic", by_basic(id, "dps_wrong")),
        ("no client", request(FORM, GRANT)),
        ("basic that is none", request(FORM, GRANT).insert_header(("Authorization", "Basic !"))),
        ("bearer instead", request(FORM, GRANT).insert_header(("Authorization", "Bearer x"))),
        ("no grant", request(FORM, format!("client_id={id}&client_secret={secret}"))),
        ("other grant", request(FORM, "grant_type=password&username=a&password=b")),
        ("repeated member", request(FORM, format!("{GRANT}&{GRANT}"))),
        (
            "two ways at once",
            by_basic(id, secret).set_payload(format!("{GRANT}&client_id={id}&client_secret={secret}")),
        ),
        ("two ids", by_basic(id, secret).set_payload(format!("{GRANT}&client_id=client_other"))),
        ("broken JSON", request("application/json", "{")),
        ("other type", request("text/plain", GRANT)),
        ("other method", TestRequest::get().uri("/oauth/token").insert_header(("X-Request-Id", "test"))),
        ("too large", request(FORM, "x".repeat(20_000))),
    ] {
        seen.add(what, &send(&world, request).await);
    }
    insta::assert_snapshot!(seen.text());
}

#[actix_web::test]
async fn guessing_is_slowed_down_where_it_comes_from() {
    let world = World::new().await;
    let (id, secret) = (world.client_id.clone(), world.client_secret.clone());
    let from = |request: TestRequest, peer: &str| request.peer_addr(format!("{peer}:1").parse().unwrap());
    for _ in 0..5 {
        assert_eq!(send(&world, from(by_form(&id, "dps_wrong"), "192.0.2.1")).await.status, 401);
    }
    let slowed = send(&world, from(by_form(&id, "dps_wrong"), "192.0.2.1")).await;
    assert_eq!((slowed.status.as_u16(), slowed.header("retry-after")), (429, Some("10")));
    assert_eq!(slowed.json()["error"], "temporarily_unavailable");
    assert_eq!(send(&world, from(by_form(&id, &secret), "192.0.2.1")).await.status, 429);
    assert_eq!(send(&world, from(by_form(&id, &secret), "192.0.2.2")).await.status, 200);
    world.clock.advance(10_000);
    assert_eq!(send(&world, from(by_form(&id, &secret), "192.0.2.1")).await.status, 200);
}

#[actix_web::test]
async fn guessing_client_ids_is_slowed_down_too() {
    let world = World::new().await;
    let attempt = async |number: u32| {
        let request = by_form(&format!("client_{number}"), "x")
            .peer_addr(format!("[2001:db8::{number}]:1").parse().unwrap());
        send(&world, request).await.status.as_u16()
    };
    for number in 0..20 {
        assert_eq!(attempt(number).await, 401);
    }
    assert_eq!(attempt(20).await, 429);
}

#[actix_web::test]
async fn behind_a_proxy_the_last_forwarded_address_counts() {
    let world = World::with(HttpOptions { behind_proxy: true, ..HttpOptions::default() }).await;
    let attempt = async |forwarded: &str| {
        let request = by_form(&world.client_id, "x").insert_header(("X-Forwarded-For", forwarded.to_owned()));
        send(&world, request).await.status.as_u16()
    };
    for number in 0..5 {
        assert_eq!(attempt(&format!("10.0.0.{number}, 192.0.2.1")).await, 401);
    }
    assert_eq!(attempt("192.0.2.1").await, 429);
    assert_eq!(attempt("192.0.2.1, 192.0.2.2").await, 401);
}
