//! Brings a schema up to date, also while others do the same.

use std::{error::Error, thread, time::Duration};

use diesel::{
    Connection,
    backend::Backend,
    migration::{Migration, MigrationSource, MigrationVersion},
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness};

use crate::{OpenError, error::Trouble};

/// How often to begin anew before giving up. Whoever loses a race to another instance fails once.
const ATTEMPTS: u32 = 6;
const PAUSE: Duration = Duration::from_millis(50);

type MigrateError = Box<dyn Error + Send + Sync>;

/// Applies what is missing, in order; returns the versions that this call applied.
///
/// A migration and the note that it was applied are one transaction, and the note comes first: of
/// several instances, those that come second wait for the first on the note's key, fail, look
/// again, and find it done. That needs neither advisory locks nor table locks.
pub(crate) fn run<C>(connection: &mut C, known: &EmbeddedMigrations) -> Result<Vec<String>, OpenError>
where
    C: Connection + MigrationHarness<C::Backend> + 'static,
    EmbeddedMigrations: MigrationSource<C::Backend>,
{
    let mut applied = Vec::new();
    let mut attempt = 1;
    loop {
        match next(connection, known) {
            Ok(Next::Newer(migration)) => return Err(OpenError::Newer { migration }),
            Ok(Next::Nothing) => return Ok(applied),
            Ok(Next::Applied(version)) => {
                tracing::info!(migration = %version, "Applied a migration");
                applied.push(version);
            }
            Err(error) if attempt == ATTEMPTS => return Err(OpenError::Migrate(error)),
            Err(error) => {
                tracing::debug!(error = %error, attempt, "Could not migrate, trying again");
                thread::sleep(PAUSE * attempt);
                attempt += 1;
            }
        }
    }
}

/// The versions of the migrations that this version brings.
pub(crate) fn versions<DB: Backend>(known: &EmbeddedMigrations) -> Result<Vec<String>, MigrateError>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    Ok(known.migrations()?.iter().map(|migration| migration.name().version().to_string()).collect())
}

/// Says which of the known migrations are missing, from the versions that were applied.
pub(crate) fn missing(applied: &[String], known: &[String]) -> Result<(), Trouble> {
    let missing: Vec<_> = known.iter().filter(|version| !applied.contains(version)).cloned().collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Trouble::Told(format!("the schema lacks the migrations {}", missing.join(", "))))
}

enum Next {
    Newer(String),
    Nothing,
    Applied(String),
}

fn next<C>(connection: &mut C, known: &EmbeddedMigrations) -> Result<Next, MigrateError>
where
    C: Connection + MigrationHarness<C::Backend> + 'static,
    EmbeddedMigrations: MigrationSource<C::Backend>,
{
    let applied = connection.applied_migrations()?;
    let mut known = known.migrations()?;
    known.sort_by_cached_key(|migration| migration.name().version().as_owned());
    let is_known =
        |version: &MigrationVersion<'_>| known.iter().any(|migration| migration.name().version() == *version);
    if let Some(newer) = applied.iter().find(|version| !is_known(version)) {
        return Ok(Next::Newer(newer.to_string()));
    }
    match known.iter().find(|migration| !applied.contains(&migration.name().version())) {
        Some(migration) => apply(connection, migration).map(Next::Applied),
        None => Ok(Next::Nothing),
    }
}

fn apply<C>(connection: &mut C, migration: &dyn Migration<C::Backend>) -> Result<String, MigrateError>
where
    C: Connection + MigrationHarness<C::Backend> + 'static,
{
    let version = migration.name().version().to_string();
    connection.transaction(|connection| {
        // The version is a number from the name of one of our own folders.
        let note = format!("INSERT INTO __diesel_schema_migrations (version) VALUES ('{version}')");
        connection.batch_execute(&note)?;
        migration.run(connection)
    })?;
    Ok(version)
}
