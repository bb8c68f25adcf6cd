//! Who comes in, and who does not.

use actix_web::{http::Method, test::TestRequest};
use deskport_application::Role;
use deskport_http_actix::{HttpOptions, RateLimit};
use deskport_testkit::build::moment;

use crate::support::{Answer, FIN, World};

async fn with(world: &World, authorization: &str) -> Answer {
    let request = TestRequest::get().uri(&format!("{FIN}/agents"));
    world.send(request.insert_header(("Authorization", authorization))).await
}

fn verdict(answer: &Answer) -> (String, u16, String) {
    let (kind, status) = answer.problem();
    (kind, status, answer.header("www-authenticate").unwrap().to_owned())
}

#[actix_web::test]
async fn only_a_token_of_the_fin_role_opens_the_face() {
    let world = World::new().await;
    let access = &world.helpdesk.access;
    let made = async |role, ends| access.create_token(role, "test".into(), ends).await.unwrap();
    let (desk, admin) = (made(Role::Desk, None).await, made(Role::Admin, None).await);
    let short = made(Role::Fin, Some(moment(1_000))).await;
    let revoked = made(Role::Fin, None).await;
    access.revoke_token(&revoked.credential.id).await.unwrap();

    for good in ["Bearer {}", "bearer {}", "BEARER  {}", "Bearer {} "] {
        assert_eq!(with(&world, &good.replace("{}", &world.token)).await.status, 200, "{good}");
    }
    assert_eq!(with(&world, &format!("Bearer {}", short.secret.reveal())).await.status, 200);
    world.clock.set(moment(1_000));
    for bad in [short.secret.reveal(), revoked.secret.reveal(), "dpt_unknown", "a b", &"x".repeat(5_000)] {
        let (kind, status, challenge) = verdict(&with(&world, &format!("Bearer {bad}")).await);
        assert_eq!((kind.as_str(), status), ("/problems/invalid-token", 401), "{bad}");
        assert_eq!(challenge, r#"Bearer realm="deskport", error="invalid_token""#);
    }
    for other in [desk.secret.reveal(), admin.secret.reveal()] {
        let (kind, status, challenge) = verdict(&with(&world, &format!("Bearer {other}")).await);
        assert_eq!((kind.as_str(), status), ("/problems/wrong-role", 403));
        assert!(challenge.contains("insufficient_scope"));
    }
    for none in ["", "Bearer", "Bearer ", "Basic dTpw", &world.token] {
        let (kind, status, challenge) = verdict(&with(&world, none).await);
        let expected =
            if none.starts_with("Bearer") { "/problems/invalid-token" } else { "/problems/missing-token" };
        assert_eq!((kind.as_str(), status), (expected, 401), "{none}");
        assert!(challenge.starts_with(r#"Bearer realm="deskport""#));
    }
}

#[actix_web::test]
async fn two_tokens_at_once_are_none() {
    let world = World::new().await;
    let token = format!("Bearer {}", world.token);
    let request = world.fin(Method::GET, "/agents").append_header(("Authorization", token));
    assert_eq!(world.send(request).await.problem().0, "/problems/missing-token");
}

#[actix_web::test]
async fn a_missing_token_is_told_before_anything_about_the_body() {
    let world = World::new().await;
    let request = TestRequest::post()
        .uri(&format!("{FIN}/create_user"))
        .insert_header(("Content-Type", "text/plain"))
        .set_payload("x".repeat(5 * 1024 * 1024));
    assert_eq!(world.send(request).await.problem().0, "/problems/missing-token");
}

#[actix_web::test]
async fn a_fetched_token_opens_the_face_until_it_expires() {
    let world = World::new().await;
    let issued = world.helpdesk.access.issue_token(&world.client_id, &world.client_secret).await.unwrap();
    let authorization = format!("Bearer {}", issued.secret.reveal());
    assert_eq!(with(&world, &authorization).await.status, 200);
    world.clock.set(moment(3_600_000));
    assert_eq!(with(&world, &authorization).await.status, 401);
}

#[actix_web::test]
async fn each_token_is_held_to_its_own_rate() {
    let two = 2.try_into().unwrap();
    let rate = RateLimit { per_second: 1.try_into().unwrap(), burst: two };
    let world = World::with(HttpOptions { rate_limit: Some(rate), ..HttpOptions::default() }).await;
    assert_eq!(world.get("/agents").await.status, 200);
    assert_eq!(world.get("/agents").await.status, 200);
    for answer in [world.get("/agents").await, world.post("/get_agents", "").await] {
        assert_eq!(answer.problem(), ("/problems/too-many-requests".to_owned(), 429));
        assert_eq!(answer.header("retry-after"), Some("1"));
    }
    let other = world.helpdesk.access.create_token(Role::Fin, "other".into(), None).await.unwrap();
    assert_eq!(with(&world, &format!("Bearer {}", other.secret.reveal())).await.status, 200);
    world.clock.advance(1_000);
    assert_eq!(world.get("/agents").await.status, 200);
}
