//! What those who look after the server ask: is it alive, is it ready. Neither needs a token.

use actix_web::{
    HttpResponse, Resource,
    web::{self, Data},
};

use crate::{problem::Problem, state::State};

/// `/healthz` and `/readyz`.
pub(crate) fn resources() -> [Resource; 2] {
    [web::resource("/healthz").get(alive).head(alive), web::resource("/readyz").get(ready).head(ready)]
}

/// Says that the process serves requests; asks nobody.
async fn alive() -> HttpResponse {
    json(r#"{"status":"alive"}"#)
}

/// Says whether the store can serve requests.
async fn ready(state: Data<State>) -> Result<HttpResponse, Problem> {
    state.helpdesk.ready().await.map_err(Problem::not_ready)?;
    Ok(json(r#"{"status":"ready"}"#))
}

fn json(text: &'static str) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(text)
}
