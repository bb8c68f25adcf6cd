//! Signatures of whole requests. The digests were computed by Python:
//! `hmac.new(b"fin-signing-key", b"1761575400:" + content, "sha256").hexdigest()`.

use actix_web::http::Method;
use deskport_http_actix::{HttpOptions, SignatureCheck, SignatureKeys, SignaturePolicy};

use crate::support::{Answer, World};

const OF_NOTHING: &str = "8650fb450e814c56e9d9f36ab4b2bcc5cd2c73a0acbf696618381175682566c0";
const OF_AN_EMPTY_OBJECT: &str = "c0acb80486831e9cf30945939f5313140cdd903a99aa9fd4c62dda4be32a577c";

async fn world(check: fn(SignaturePolicy) -> SignatureCheck) -> World {
    let policy = SignaturePolicy::new(SignatureKeys::new(["fin-signing-key"]).unwrap());
    World::with(HttpOptions { signature: check(policy), ..HttpOptions::default() }).await
}

async fn signed(world: &World, method: Method, path: &str, body: &'static str, signature: &str) -> Answer {
    let request = world
        .fin(method, path)
        .insert_header(("X-Fin-Signature", signature))
        .insert_header(("X-Fin-Request-Timestamp", "1761575400"))
        .set_payload(body);
    world.send(request).await
}

#[actix_web::test]
async fn a_signed_request_passes() {
    let world = world(SignatureCheck::Enforce).await;
    assert_eq!(signed(&world, Method::GET, "/agents", "", OF_NOTHING).await.status, 200);
    assert_eq!(signed(&world, Method::POST, "/get_agents", "", OF_NOTHING).await.status, 200);
    assert_eq!(signed(&world, Method::POST, "/get_agents", "{}", OF_AN_EMPTY_OBJECT).await.status, 200);
    assert_eq!(signed(&world, Method::POST, "/user", "{}", OF_AN_EMPTY_OBJECT).await.status, 201);
}

#[actix_web::test]
async fn any_other_is_400_with_a_type_of_its_own() {
    let world = world(SignatureCheck::Enforce).await;
    let unsigned = world.get("/agents").await;
    let wrong = signed(&world, Method::POST, "/get_agents", "{ }", OF_AN_EMPTY_OBJECT).await;
    world.clock.advance(301_000);
    let stale = signed(&world, Method::GET, "/agents", "", OF_NOTHING).await;
    for answer in [unsigned, wrong, stale] {
        assert_eq!(answer.problem(), ("/problems/invalid-signature".to_owned(), 400));
    }
}

#[actix_web::test]
async fn a_wrong_signature_is_told_before_what_is_wrong_with_the_json() {
    let world = world(SignatureCheck::Enforce).await;
    let answer = signed(&world, Method::POST, "/user", "{", OF_AN_EMPTY_OBJECT).await;
    assert_eq!(answer.problem().0, "/problems/invalid-signature");
}

#[actix_web::test]
async fn a_wrong_signature_passes_where_it_is_only_logged() {
    let world = world(SignatureCheck::Log).await;
    assert_eq!(world.get("/agents").await.status, 200);
    assert_eq!(signed(&world, Method::POST, "/user", "{}", OF_NOTHING).await.status, 201);
}
