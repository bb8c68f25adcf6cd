//! Serves the page: itself, its stream of events, and its actions.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream;
use hmac_sha256::Hash;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, Limited, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::http::response::Builder;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::guard::{self, Refused};
use super::room::Room;
use super::stage::Place;
use crate::base64;

const HTML: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Nobody types more than this.
const LARGEST: usize = 64 * 1024;

/// How long a stream is silent at most.
const HEARTBEAT: Duration = Duration::from_secs(15);

type Body = UnsyncBoxBody<Bytes, Infallible>;

/// The connections end with this task: a dropped `JoinSet` aborts its own.
pub(super) async fn accept(listener: TcpListener, room: Arc<Room>, key: String) {
    let key: Arc<str> = key.into();
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(serve(stream, room.clone(), key.clone()));
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(stream: TcpStream, room: Arc<Room>, key: Arc<str>) {
    let service = service_fn(|request| answer(request, room.clone(), key.clone()));
    // A browser that goes away needs no answer.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(
    request: Request<Incoming>,
    room: Arc<Room>,
    key: Arc<str>,
) -> hyper::http::Result<Response<Body>> {
    let (parts, body) = request.into_parts();
    let path = match guard::pass(&parts, &key) {
        Ok(path) => path,
        Err(Refused(status)) => return plain(status, String::new()),
    };
    match (parts.method.as_str(), path) {
        ("GET", "/") => page(),
        ("GET", "/events") => {
            let last = parts.headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
            events(room, last.map_or_else(Place::default, Place::after))
        }
        ("POST", "/do") => act(&room, body).await,
        _ => plain(StatusCode::NOT_FOUND, String::new()),
    }
}

async fn act(room: &Room, body: Incoming) -> hyper::http::Result<Response<Body>> {
    let Ok(body) = Limited::new(body, LARGEST).collect().await else {
        return plain(StatusCode::PAYLOAD_TOO_LARGE, String::new());
    };
    let action = match serde_json::from_slice(&body.to_bytes()) {
        Ok(action) => action,
        Err(error) => {
            return plain(StatusCode::UNPROCESSABLE_ENTITY, json!({"why": error.to_string()}).to_string());
        }
    };
    match room.act(action).await {
        Ok(()) => plain(StatusCode::OK, "{}".to_owned()),
        Err(why) => plain(StatusCode::CONFLICT, json!({"why": why}).to_string()),
    }
}

fn page() -> hyper::http::Result<Response<Body>> {
    let hash = |text: &str| format!("'sha256-{}'", base64::encode(&Hash::hash(text.as_bytes())));
    let policy = format!(
        "default-src 'none'; script-src {}; style-src {}; connect-src 'self'; img-src data:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        hash(SCRIPT),
        hash(STYLE)
    );
    let html = HTML.replace("/* STYLE */", STYLE).replace("/* SCRIPT */", SCRIPT);
    let head = head(StatusCode::OK, "text/html; charset=utf-8").header("content-security-policy", policy);
    head.body(whole(html))
}

/// The stream of what happens, which never ends by itself.
fn events(room: Arc<Room>, place: Place) -> hyper::http::Result<Response<Body>> {
    let changes = room.stage.follow();
    let events = stream::unfold((room, changes, place), |(room, mut changes, place)| async move {
        loop {
            changes.mark_unchanged();
            let (text, next) = room.stage.since(place);
            if !text.is_empty() {
                return Some((Ok(Frame::data(Bytes::from(text))), (room, changes, next)));
            }
            if timeout(HEARTBEAT, changes.changed()).await.is_err() {
                return Some((Ok(Frame::data(Bytes::from_static(b":\n\n"))), (room, changes, next)));
            }
        }
    });
    head(StatusCode::OK, "text/event-stream").body(StreamBody::new(events).boxed_unsync())
}

fn plain(status: StatusCode, text: String) -> hyper::http::Result<Response<Body>> {
    head(status, "application/json").body(whole(text))
}

fn head(status: StatusCode, content_type: &str) -> Builder {
    Response::builder()
        .status(status)
        .header("content-type", content_type)
        .header("cache-control", "no-store")
        .header("referrer-policy", "no-referrer")
        .header("x-content-type-options", "nosniff")
}

fn whole(text: String) -> Body {
    Full::new(Bytes::from(text)).boxed_unsync()
}
