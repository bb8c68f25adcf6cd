//! Connections to a database server, ready for use.

use std::time::Duration;

use diesel::{ConnectionError, ConnectionResult, QueryableByName, sql_types};
use diesel_async::{
    AsyncConnection as _, RunQueryDsl, SimpleAsyncConnection,
    async_connection_wrapper::AsyncConnectionWrapper,
    pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool::Pool},
};

use super::{Connection, MIGRATIONS, PostgresOptions};
use crate::{OpenError, migrate};

/// Brings the schema up to date, on a connection of its own and without a time limit for statements.
pub(super) async fn migrate(options: &PostgresOptions) -> Result<Vec<String>, OpenError> {
    let connection = establish(&options.url, options.connect_timeout)
        .await
        .map_err(|error| OpenError::Connect(error.into()))?;
    let migrate = move || {
        let mut connection = AsyncConnectionWrapper::<Connection>::from(connection);
        migrate::run(&mut connection, &MIGRATIONS)
    };
    match tokio::task::spawn_blocking(migrate).await {
        Ok(outcome) => outcome,
        Err(stopped) => Err(OpenError::Migrate(stopped.into())),
    }
}

pub(super) fn pool(options: &PostgresOptions) -> Result<Pool<Connection>, OpenError> {
    let (connect_timeout, setup) = (options.connect_timeout, session_setup(options));
    let mut config = ManagerConfig::default();
    // A connection that is known to be broken is not used again; one that turns out to be broken
    // costs another attempt. To ask each time would cost a round trip.
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(move |url| {
        let (url, setup) = (url.to_owned(), setup.clone());
        Box::pin(async move {
            let mut connection = establish(&url, connect_timeout).await?;
            let done = connection.batch_execute(&setup).await;
            done.map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(connection)
        })
    });
    let manager = AsyncDieselConnectionManager::new_with_config(&options.url, config);
    let pool = Pool::builder(manager).max_size(options.pool_size).build();
    pool.map_err(|error| OpenError::Prepare(error.into()))
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

async fn establish(url: &str, timeout: Duration) -> ConnectionResult<Connection> {
    match tokio::time::timeout(timeout, Connection::establish(url)).await {
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
pub(super) async fn warn_of_risks(pool: &Pool<Connection>) -> Result<(), OpenError> {
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
