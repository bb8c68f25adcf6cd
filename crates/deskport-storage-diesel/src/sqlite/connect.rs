//! Connections to a database file, ready for use.

use std::{fs, path::Path, thread, time::Duration};

use diesel::{Connection as _, SqliteConnection, connection::SimpleConnection};

use super::{MIGRATIONS, SqliteOptions};
use crate::{OpenError, migrate};

const ATTEMPTS: u32 = 20;
/// How much of the write-ahead log stays on disk: as much as may come into it. To cut the file off where
/// the log begins anew would keep the writer for 25 ms, once a second under load.
const LOG_BYTES: u32 = 512 * 1024 * 1024;
/// How many pages may be in the write-ahead log before the writer moves all of them itself: so many
/// that the `checkpointer` has seen to it before.
const LOG_PAGES: u32 = LOG_BYTES / 4096;
const PAUSE: Duration = Duration::from_millis(20);

/// The write connection, on a schema that is up to date; and the migrations that this call applied.
pub(super) fn writer(options: &SqliteOptions) -> Result<(SqliteConnection, Vec<String>), OpenError> {
    if let Some(directory) = options.path.parent() {
        fs::create_dir_all(directory).map_err(OpenError::Directory)?;
    }
    let mut connection = establish(&through_vfs(options)?, options, options.writer_cache_kib)?;
    use_write_ahead_log(&mut connection)?;
    // What is removed is overwritten, for it may be about a person.
    execute(&mut connection, "PRAGMA secure_delete = ON")?;
    let applied = migrate::run(&mut connection, &MIGRATIONS)?;
    Ok((connection, applied))
}

/// A read connection, which refuses to write.
pub(super) fn reader(options: &SqliteOptions) -> Result<SqliteConnection, OpenError> {
    let mut connection = establish(&path(options)?, options, options.reader_cache_kib)?;
    execute(&mut connection, "PRAGMA query_only = ON")?;
    Ok(connection)
}

/// A connection that moves what is in the write-ahead log to the database file.
pub(super) fn checkpointer(options: &SqliteOptions) -> Result<SqliteConnection, OpenError> {
    establish(&through_vfs(options)?, options, options.reader_cache_kib)
}

/// The path of the file. A relative one gets "./" in front: names such as `:memory:` or `file:x` mean
/// only files here.
fn path(options: &SqliteOptions) -> Result<String, OpenError> {
    let path = Path::new(".").join(&options.path);
    path.to_str().map(str::to_owned).ok_or(OpenError::Path)
}

/// The file as a URI, by which it is written more gently than SQLite does on its own.
fn through_vfs(options: &SqliteOptions) -> Result<String, OpenError> {
    let vfs = deskport_sqlite::register().map_err(|error| OpenError::Prepare(error.into()))?;
    let path = path(options)?.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let root = match (options.path.is_absolute(), cfg!(windows)) {
        (false, _) => "",
        (true, false) => "//",
        (true, true) => "///",
    };
    Ok(format!("file:{root}{path}?vfs={vfs}"))
}

fn establish(name: &str, options: &SqliteOptions, cache_kib: u32) -> Result<SqliteConnection, OpenError> {
    let mut connection =
        SqliteConnection::establish(name).map_err(|error| OpenError::Connect(error.into()))?;
    let setup = format!(
        "PRAGMA busy_timeout = {};
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA journal_size_limit = {LOG_BYTES};
         PRAGMA wal_autocheckpoint = {LOG_PAGES};
         PRAGMA cache_size = -{cache_kib};",
        options.busy_timeout.as_millis(),
    );
    execute(&mut connection, &setup)?;
    Ok(connection)
}

/// Changing the mode does not wait for others as statements do, so this does.
fn use_write_ahead_log(connection: &mut SqliteConnection) -> Result<(), OpenError> {
    let mut attempt = 1;
    loop {
        match execute(connection, "PRAGMA journal_mode = WAL") {
            Err(_) if attempt < ATTEMPTS => attempt += 1,
            outcome => return outcome,
        }
        thread::sleep(PAUSE);
    }
}

fn execute(connection: &mut SqliteConnection, statements: &str) -> Result<(), OpenError> {
    connection.batch_execute(statements).map_err(|error| OpenError::Prepare(error.into()))
}
