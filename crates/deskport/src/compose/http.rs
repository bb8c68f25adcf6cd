//! The faces, as the settings want them.

use std::thread;

use deskport_application::Notes;
use deskport_http_actix::{
    EventOptions, HttpOptions, Prefix, RateLimit, RequestSpans, ServerOptions, SignatureCheck, SignatureKeys,
    SignaturePolicy,
};
use deskport_wire::Limits;

use crate::failure::{Failure, Outcome};
use crate::settings::{Fin, SecretSetting, Settings, Signature};

/// How the faces behave.
pub(super) fn options(settings: &Settings) -> Outcome<HttpOptions> {
    let Settings { server, fin, desk, access, .. } = settings;
    let notes = if fin.share_private_messages { Notes::All } else { Notes::By(fin.agent_id.clone()) };
    let burst = access.requests_burst;
    Ok(HttpOptions {
        prefix: prefix("fin.prefix", &fin.prefix)?,
        desk_prefix: prefix("desk.prefix", &desk.prefix)?,
        events: EventOptions {
            poll: desk.event_poll,
            heartbeat: desk.event_heartbeat,
            streams_per_token: desk.event_streams_per_token,
        },
        body_limit_bytes: server.request_body_bytes,
        body_timeout: server.body_timeout,
        limits: Limits { message_body_bytes: server.message_body_bytes },
        signature: signature(fin)?,
        notes,
        rate_limit: access.requests_per_s.map(|per_second| RateLimit { per_second, burst }),
        max_in_flight: server.max_in_flight,
        list_cache_bytes: server.list_cache_bytes,
        behind_proxy: server.behind_proxy,
        // Neither store logs anything of its own while it is read, but for debugging.
        request_spans: RequestSpans::WhereNeeded,
        ..HttpOptions::default()
    })
}

/// Where a face begins.
pub(super) fn prefix(key: &str, path: &str) -> Outcome<Prefix> {
    Prefix::parse(path).map_err(|error| Failure::in_setting(key, &error))
}

fn signature(fin: &Fin) -> Outcome<SignatureCheck> {
    let policy = || {
        let keys = SignatureKeys::new(fin.signature_keys.0.iter().map(SecretSetting::reveal))
            .map_err(|error| Failure::in_setting("fin.signature_key", &error))?;
        Ok(SignaturePolicy { keys, tolerance: fin.signature_tolerance })
    };
    match fin.signature {
        Signature::Off => Ok(SignatureCheck::Off),
        Signature::Log => policy().map(SignatureCheck::Log),
        Signature::Enforce => policy().map(SignatureCheck::Enforce),
    }
}

/// How connections are handled.
pub(super) fn server(settings: &Settings) -> ServerOptions {
    let server = &settings.server;
    let threads = || thread::available_parallelism().map_or(1, usize::from);
    let workers = server.workers.map_or_else(threads, usize::from);
    ServerOptions {
        workers: server.workers,
        max_connections_per_worker: server.max_connections.div_ceil(workers),
        keep_alive: server.keep_alive,
        head_timeout: server.head_timeout,
        shutdown_timeout: server.shutdown_timeout,
        ..ServerOptions::default()
    }
}
