//! What is served without a token.

use actix_web::{http::Method, test::TestRequest};

use deskport_http_actix::{HttpOptions, Prefix};

use crate::support::{Answer, Transcript, World, pretty};

async fn get(world: &World, path: &str) -> Answer {
    world.send(TestRequest::get().uri(path).insert_header(("X-Request-Id", "test"))).await
}

#[actix_web::test]
async fn health_and_the_pages_of_problems() {
    let world = World::new().await;
    let mut seen = Transcript::default();
    for path in ["/healthz", "/readyz", "/problems", "/problems/invalid-fields", "/problems/none"] {
        seen.add(path, &get(&world, path).await);
    }
    insta::assert_snapshot!(seen.text());
}

#[actix_web::test]
async fn every_problem_type_leads_to_its_page() {
    let world = World::new().await;
    let list = get(&world, "/problems").await;
    let list = String::from_utf8(list.body).unwrap();
    let pages: Vec<&str> = list.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(pages.len() > 20);
    for page in pages {
        assert_eq!(get(&world, page).await.status, 200, "{page}");
    }
}

#[actix_web::test]
async fn health_answers_head_and_refuses_post() {
    let world = World::new().await;
    let send = async |method| world.send(TestRequest::default().method(method).uri("/healthz")).await;
    assert_eq!(send(Method::HEAD).await.status, 200);
    assert_eq!(send(Method::POST).await.problem().1, 405);
}

#[actix_web::test]
async fn the_api_description_is_current() {
    let world = World::new().await;
    let served = get(&world, "/openapi.json").await.json();
    assert!(served["openapi"].as_str().unwrap().starts_with("3.1"));
    insta::assert_snapshot!(pretty(&served));
}

#[actix_web::test]
async fn every_reference_in_the_api_description_leads_somewhere() {
    let world = World::new().await;
    let served = get(&world, "/openapi.json").await.json();
    let text = served.to_string();
    for reference in text.split(r##""$ref":"#"##).skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(served.pointer(reference).is_some(), "{reference}");
    }
}

#[actix_web::test]
async fn no_prefix_hides_the_pages() {
    for prefix in ["", "/problems", "/oauth", "/healthz", "/openapi.json/fin"] {
        let prefix = Prefix::parse(prefix).unwrap();
        let world = World::with(HttpOptions { prefix: prefix.clone(), ..HttpOptions::default() }).await;
        for path in ["/healthz", "/readyz", "/openapi.json", "/problems", "/problems/invalid-fields"] {
            assert_eq!(world.send(TestRequest::get().uri(path)).await.status, 200, "{path} at {prefix:?}");
        }
        let token = world.send(TestRequest::post().uri("/oauth/token")).await;
        assert_ne!(token.status, 404, "at {prefix:?}");
    }
}
