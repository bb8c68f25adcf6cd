//! actix without anything behind it: what `cargo xtask bench http` compares the faces with. Answers
//! an empty list, a page of ten messages and a post, each of the size that the faces answer.

use actix_web::{App, HttpResponse, HttpServer, web};

const MESSAGE_BYTES: usize = 900;

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8081".to_owned());
    HttpServer::new(|| {
        App::new()
            .route("/nothing", web::get().to(async || json(2)))
            .route("/page", web::get().to(async || json(10 * MESSAGE_BYTES)))
            .route("/post", web::post().to(async |_body: web::Bytes| json(MESSAGE_BYTES)))
    })
    .bind(address)?
    .run()
    .await
}

/// A string of so many bytes.
fn json(bytes: usize) -> HttpResponse {
    let text = "x".repeat(bytes - 2);
    HttpResponse::Ok().content_type("application/json").body(format!("\"{text}\""))
}
