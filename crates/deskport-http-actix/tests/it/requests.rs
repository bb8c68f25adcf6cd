//! Request ids and the headers that every answer carries.

use actix_web::http::Method;

use crate::support::World;

async fn id_for(world: &World, sent: &str) -> String {
    let request = world.fin(Method::GET, "/agents").insert_header(("X-Request-Id", sent));
    world.send(request).await.header("x-request-id").unwrap().to_owned()
}

#[actix_web::test]
async fn a_fitting_request_id_is_taken_over() {
    let world = World::new().await;
    let longest = "x".repeat(128);
    for fitting in ["7", "a-b/c", longest.as_str(), "\"<&>\""] {
        assert_eq!(id_for(&world, fitting).await, fitting);
    }
}

#[actix_web::test]
async fn any_other_is_replaced_by_a_new_one() {
    let world = World::new().await;
    let too_long = "x".repeat(129);
    let ids = [id_for(&world, "").await, id_for(&world, "a b").await, id_for(&world, &too_long).await];
    for id in &ids {
        assert_eq!(id.len(), 32, "{id}");
    }
    assert!(ids[0] != ids[1] && ids[1] != ids[2]);
}

#[actix_web::test]
async fn a_problem_names_its_request() {
    let world = World::new().await;
    for (path, at) in [("/nothing", "/request_id"), ("/create_user", "/error/request_id")] {
        let answer = world.post(path, "{").await;
        assert_eq!(answer.json().pointer(at).unwrap(), "test");
    }
}

#[actix_web::test]
async fn every_answer_forbids_sniffing_and_storing() {
    let world = World::new().await;
    for answer in [world.get("/agents").await, world.get("/user").await, world.get("/nothing").await] {
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
}
