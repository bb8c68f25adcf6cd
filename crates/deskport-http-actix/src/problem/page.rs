//! The pages that explain problem types, at the address that each problem names.

use actix_web::{HttpResponse, Resource, web};

use super::{Kind, Problem};

/// Neither scripts nor anything from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// The list of all problem types, and a page for each.
pub(crate) fn resources() -> [Resource; 2] {
    [web::resource("/problems").get(list).head(list), web::resource("/problems/{name}").get(page).head(page)]
}

async fn list() -> HttpResponse {
    let items = Kind::ALL.map(|kind| format!("<li><a href=\"{}\">{}</a>", kind.uri(), kind.title())).concat();
    html("Problems", &format!("<ul>{items}</ul>"))
}

async fn page(name: web::Path<String>) -> Result<HttpResponse, Problem> {
    let named = |kind: &&Kind| kind.uri().rsplit('/').next() == Some(name.as_str());
    let kind = Kind::ALL.iter().find(named).ok_or_else(|| Problem::new(Kind::NotFound))?;
    let text = format!(
        "<p>{}</p><p>Type <code>{}</code>, status {}.</p><p><a href=\"/problems\">All problems</a></p>",
        kind.advice(),
        kind.uri(),
        kind.status()
    );
    Ok(html(kind.title(), &text))
}

/// A page out of texts of our own, none of which needs escaping.
fn html(title: &str, content: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("Content-Security-Policy", POLICY))
        .insert_header(("Cache-Control", "public, max-age=3600"))
        .body(format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title>\
             <style>body{{font:1rem/1.5 sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}}</style>\
             <h1>{title}</h1>{content}</html>\n"
        ))
}
