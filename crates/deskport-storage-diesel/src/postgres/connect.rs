//! Connections to a database server, ready for use.

use std::{sync::Arc, time::Duration};

use diesel::{ConnectionError, ConnectionResult, QueryableByName, sql_types};
use diesel_async::{
    AsyncConnection as _, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection,
    async_connection_wrapper::AsyncConnectionWrapper,
    pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool::Pool},
};
use tokio::runtime::Handle;

use super::{MIGRATIONS, PostgresOptions};
use crate::{OpenError, migrate};

/// For connections that many share. They find rows by key only: the planner gets no choice that
/// depends on how large it believes the tables to be.
const SHARED: &str = "SET plan_cache_mode = force_generic_plan;
    SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off;";

/// Opens connections.
#[derive(Debug)]
pub(super) struct Connector {
    pub(super) options: PostgresOptions,
    /// Where the store was opened. What drives a connection lives there, whoever asked for it.
    pub(super) runtime: Handle,
}

impl Connector {
    pub(super) fn new(options: PostgresOptions) -> Self {
        Self { options, runtime: Handle::current() }
    }

    /// Connections for one user at a time.
    pub(super) fn pool(self: &Arc<Self>) -> Result<Pool<AsyncPgConnection>, OpenError> {
        let mut config = ManagerConfig::default();
        // A connection that is known to be broken is not used again; one that turns out to be broken
        // costs another attempt. To ask each time would cost a round trip.
        config.recycling_method = RecyclingMethod::Fast;
        let connector = Arc::clone(self);
        config.custom_setup = Box::new(move |_| {
            let connector = Arc::clone(&connector);
            Box::pin(async move { connector.connect("").await })
        });
        let manager = AsyncDieselConnectionManager::new_with_config(&self.options.url, config);
        let pool = Pool::builder(manager).max_size(self.options.pool_size).build();
        pool.map_err(|error| OpenError::Prepare(error.into()))
    }

    /// A connection for many users at once, set up by these statements besides.
    pub(super) async fn shared(&self, setup: &str) -> ConnectionResult<AsyncPgConnection> {
        self.connect(&[SHARED, setup].concat()).await
    }

    async fn connect(&self, setup: &str) -> ConnectionResult<AsyncPgConnection> {
        let (url, connect_timeout) = (self.options.url.clone(), self.options.connect_timeout);
        let setup = session_setup(&self.options) + setup;
        let opened = self.runtime.spawn(async move {
            let mut connection = establish(&url, connect_timeout).await?;
            let done = connection.batch_execute(&setup).await;
            done.map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(connection)
        });
        opened.await.unwrap_or_else(|stopped| Err(ConnectionError::BadConnection(stopped.to_string())))
    }
}

/// Read committed is enough: whatever is changed by what was read is locked when it is read.
fn session_setup(options: &PostgresOptions) -> String {
    let timeout = options.statement_timeout.as_millis();
    format!(
        "SET statement_timeout = {timeout};
         SET idle_in_transaction_session_timeout = {timeout};
         SET default_transaction_isolation = 'read committed';"
    )
}

/// Brings the schema up to date, on a connection of its own and without a time limit for statements.
pub(super) async fn migrate(options: &PostgresOptions) -> Result<Vec<String>, OpenError> {
    let connection = establish(&options.url, options.connect_timeout)
        .await
        .map_err(|error| OpenError::Connect(error.into()))?;
    let migrate = move || {
        let mut connection = AsyncConnectionWrapper::<AsyncPgConnection>::from(connection);
        migrate::run(&mut connection, &MIGRATIONS)
    };
    match tokio::task::spawn_blocking(migrate).await {
        Ok(outcome) => outcome,
        Err(stopped) => Err(OpenError::Migrate(stopped.into())),
    }
}

async fn establish(url: &str, timeout: Duration) -> ConnectionResult<AsyncPgConnection> {
    match tokio::time::timeout(timeout, AsyncPgConnection::establish(url)).await {
        Ok(outcome) => outcome,
        Err(elapsed) => Err(ConnectionError::BadConnection(format!("connecting: {elapsed}"))),
    }
}
#[derive(QueryableByName)]
struct Durability {
    #[diesel(sql_type = sql_types::Text)]
    fsync: String,
    #[diesel(sql_type = sql_types::Text)]
    synchronous_commit: String,
}

/// Warns when the server may forget what it acknowledged. Also the first use of the pool.
pub(super) async fn warn_of_risks(pool: &Pool<AsyncPgConnection>) -> Result<(), OpenError> {
    let mut connection = pool.get().await.map_err(|error| OpenError::Connect(error.into()))?;
    let query = "SELECT current_setting('fsync') AS fsync, \
                 current_setting('synchronous_commit') AS synchronous_commit";
    let durability: Durability = diesel::sql_query(query)
        .get_result(&mut connection)
        .await
        .map_err(|error| OpenError::Prepare(error.into()))?;
    if durability.fsync == "off" || durability.synchronous_commit == "off" {
        tracing::warn!(
            fsync = durability.fsync,
            synchronous_commit = durability.synchronous_commit,
            "The database server may lose what it acknowledged"
        );
    }
    Ok(())
}
