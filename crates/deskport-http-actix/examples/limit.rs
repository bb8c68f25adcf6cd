//! actix without anything behind it: what `cargo xtask bench http` compares the faces with. Answers
//! an empty list, a page of ten messages and a post, each of the size that the faces answer, to
//! requests that are the faces' but for the prefix.

use actix_web::{App, HttpResponse, HttpServer, body::MessageBody, web};

const MESSAGE_BYTES: usize = 900;

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8081".to_owned());
    HttpServer::new(|| {
        App::new()
            .route("/nothing/messages", web::get().to(async || json("[]")))
            .route("/page/messages", web::get().to(async || json(text(10 * MESSAGE_BYTES))))
            .route("/post/messages", web::post().to(async |_body: web::Bytes| json(text(MESSAGE_BYTES))))
    })
    .bind(address)?
    .run()
    .await
}

fn json(body: impl MessageBody + 'static) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(body)
}

/// A string of so many bytes.
fn text(bytes: usize) -> String {
    format!("\"{}\"", "x".repeat(bytes - 2))
}
