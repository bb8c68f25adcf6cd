//! The composition root: the only module that names concrete adapters.

mod http;
mod webhook;
mod work;

use std::fs::{DirBuilder, OpenOptions};
use std::net::TcpListener;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::sync::Arc;

use deskport_application::{AccessOptions, Helpdesk};
use deskport_http_actix::HttpOptions;
use deskport_ports::Store;
use deskport_storage_diesel::{
    PostgresOptions, PostgresStore, SqliteOptions, SqliteStore, migrate_postgres, migrate_sqlite,
};
use deskport_storage_memory::MemoryStore;
use serde::Serialize;
use tracing::warn;

use crate::failure::{Failure, Outcome};
use crate::settings::{Database, DatabaseUrl, SecretSetting, Settings};
use crate::system::{SystemClock, SystemIds};

pub(crate) use deskport_http_actix::Traffic;

pub(crate) use self::webhook::Webhooks;
pub(crate) use self::work::workers;

/// A store that is open, with the use cases on top.
pub(crate) struct Opened {
    pub(crate) helpdesk: Helpdesk,
    store: Arc<dyn Store>,
}

/// What a store is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To serve requests.
    Serving,
    /// For one command, perhaps beside a server.
    Command,
}

/// Opens the store, brings its schema up to date, and puts the use cases on top.
pub(crate) async fn open(settings: &Settings, purpose: Purpose) -> Outcome<Opened> {
    let store = store(&settings.database, purpose).await?;
    let access = AccessOptions {
        token_lifetime_s: settings.access.token_lifetime_s,
        cached_tokens: settings.access.cached_tokens,
    };
    let helpdesk = Helpdesk::new(Arc::clone(&store), Arc::new(SystemClock), Arc::new(SystemIds), &access);
    Ok(Opened { helpdesk, store })
}

async fn store(database: &Database, purpose: Purpose) -> Outcome<Arc<dyn Store>> {
    let failed = |error| Failure::while_doing(format!("opening {}", database.url), &error);
    Ok(match &database.url {
        DatabaseUrl::Sqlite(path) => {
            make_place(path)?;
            let options = SqliteOptions { serves: purpose == Purpose::Serving, ..sqlite(path, database) };
            Arc::new(SqliteStore::open(options).await.map_err(failed)?)
        }
        DatabaseUrl::Postgres(url) => {
            Arc::new(PostgresStore::open(postgres(url, database)).await.map_err(failed)?)
        }
        DatabaseUrl::Memory => {
            warn!("The store is in memory: everything is forgotten when the server stops");
            Arc::new(MemoryStore::default())
        }
    })
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
    opened: &Opened,
    webhooks: &Webhooks,
    settings: &Settings,
    traffic: Traffic,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Outcome {
    let options = HttpOptions { typing: webhooks.typing(opened), traffic, ..http::options(settings)? };
    let (helpdesk, how) = (opened.helpdesk.clone(), http::server(settings));
    let served = deskport_http_actix::serve(listener, helpdesk, options, &how, stop).await;
    served.map_err(|error| Failure::while_doing("serving", &error))
}

/// The description of what is served with these settings.
pub(crate) fn openapi(settings: &Settings) -> Outcome<impl Serialize> {
    let fin = http::prefix("fin.prefix", &settings.fin.prefix)?;
    let desk = http::prefix("desk.prefix", &settings.desk.prefix)?;
    Ok(deskport_http_actix::openapi(&fin, &desk))
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
