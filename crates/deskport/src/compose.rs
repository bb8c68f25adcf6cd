//! The composition root: the only file that names concrete adapters.

use std::fs::{DirBuilder, OpenOptions};
use std::net::TcpListener;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use deskport_application::{AccessOptions, Helpdesk, Notes};
use deskport_http_actix::{
    HttpOptions, Prefix, RateLimit, ServerOptions, SignatureCheck, SignatureKeys, SignaturePolicy,
};
use deskport_ports::Store;
use deskport_storage_diesel::{
    PostgresOptions, PostgresStore, SqliteOptions, SqliteStore, migrate_postgres, migrate_sqlite,
};
use deskport_storage_memory::MemoryStore;
use deskport_wire::Limits;
use serde::Serialize;
use tracing::warn;

use crate::failure::{Failure, Outcome};
use crate::settings::{Database, DatabaseUrl, Fin, SecretSetting, Settings, Signature};
use crate::system::{SystemClock, SystemIds};

/// Opens the store, brings its schema up to date, and puts the use cases on top.
pub(crate) async fn open(settings: &Settings) -> Outcome<Helpdesk> {
    let database = &settings.database;
    let failed = |error| Failure::while_doing(format!("opening {}", database.url), &error);
    let store: Arc<dyn Store> = match &database.url {
        DatabaseUrl::Sqlite(path) => {
            make_place(path)?;
            Arc::new(SqliteStore::open(sqlite(path, database)).await.map_err(failed)?)
        }
        DatabaseUrl::Postgres(url) => {
            Arc::new(PostgresStore::open(postgres(url, database)).await.map_err(failed)?)
        }
        DatabaseUrl::Memory => {
            warn!("The store is in memory: everything is forgotten when the server stops");
            Arc::new(MemoryStore::default())
        }
    };
    let access = AccessOptions {
        token_lifetime_s: settings.access.token_lifetime_s,
        cached_tokens: settings.access.cached_tokens,
    };
    Ok(Helpdesk::new(store, Arc::new(SystemClock), Arc::new(SystemIds), &access))
}

/// Brings the schema up to date; returns the migrations that were applied.
pub(crate) async fn migrate(database: &Database) -> Outcome<Vec<String>> {
    let applied = match &database.url {
        DatabaseUrl::Sqlite(path) => {
            make_place(path)?;
            migrate_sqlite(&sqlite(path, database)).await
        }
        DatabaseUrl::Postgres(url) => migrate_postgres(&postgres(url, database)).await,
        DatabaseUrl::Memory => return Err(Failure::new("`memory:` has no schema to bring up to date")),
    };
    applied.map_err(|error| Failure::while_doing(format!("migrating {}", database.url), &error))
}

/// Serves until `stop` is done and the requests in work have finished.
pub(crate) async fn serve(
    listener: TcpListener,
    helpdesk: Helpdesk,
    settings: &Settings,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Outcome {
    let served =
        deskport_http_actix::serve(listener, helpdesk, http(settings)?, &server(settings), stop).await;
    served.map_err(|error| Failure::while_doing("serving", &error))
}

/// The description of what is served with these settings.
pub(crate) fn openapi(fin: &Fin) -> Outcome<impl Serialize> {
    Ok(deskport_http_actix::openapi(&prefix(fin)?, &Prefix::desk()))
}

fn sqlite(path: &Path, database: &Database) -> SqliteOptions {
    let Database { queue, busy_timeout, .. } = *database;
    SqliteOptions { queue, busy_timeout, ..SqliteOptions::new(path) }
}

fn postgres(url: &SecretSetting, database: &Database) -> PostgresOptions {
    let Database { connections, queue, wait_timeout, connect_timeout, statement_timeout, .. } = *database;
    PostgresOptions {
        url: url.reveal().to_owned(),
        pool_size: connections,
        queue,
        connect_timeout,
        wait_timeout,
        statement_timeout,
    }
}

fn http(settings: &Settings) -> Outcome<HttpOptions> {
    let Settings { server, fin, access, .. } = settings;
    let notes = if fin.share_private_messages { Notes::All } else { Notes::By(fin.agent_id.clone()) };
    let burst = access.requests_burst;
    Ok(HttpOptions {
        prefix: prefix(fin)?,
        body_limit_bytes: server.request_body_bytes,
        body_timeout: server.body_timeout,
        limits: Limits { message_body_bytes: server.message_body_bytes },
        signature: signature(fin)?,
        notes,
        rate_limit: access.requests_per_s.map(|per_second| RateLimit { per_second, burst }),
        max_in_flight: server.max_in_flight,
        behind_proxy: server.behind_proxy,
        ..HttpOptions::default()
    })
}

fn prefix(fin: &Fin) -> Outcome<Prefix> {
    Prefix::parse(&fin.prefix).map_err(|error| Failure::while_doing("fin.prefix", &error))
}

fn signature(fin: &Fin) -> Outcome<SignatureCheck> {
    let policy = || {
        let keys = SignatureKeys::new(fin.signature_keys.0.iter().map(SecretSetting::reveal))
            .map_err(|error| Failure::while_doing("fin.signature_key", &error))?;
        Ok(SignaturePolicy { keys, tolerance: fin.signature_tolerance })
    };
    match fin.signature {
        Signature::Off => Ok(SignatureCheck::Off),
        Signature::Log => policy().map(SignatureCheck::Log),
        Signature::Enforce => policy().map(SignatureCheck::Enforce),
    }
}

fn server(settings: &Settings) -> ServerOptions {
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

/// Makes the directory and the empty file of a database for their owner alone: they hold what
/// people said in confidence. What is there already stays as it is.
fn make_place(database: &Path) -> Outcome {
    let make = || {
        if let Some(directory) = database.parent().filter(|directory| !directory.as_os_str().is_empty()) {
            DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
        }
        OpenOptions::new().append(true).create(true).mode(0o600).open(database)
    };
    let outcome = make().map(drop);
    outcome.map_err(|error| Failure::while_doing(format!("creating {}", database.display()), &error))
}
