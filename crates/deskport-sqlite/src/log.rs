//! The write-ahead log: a transaction's part of it is written at once.
#![expect(unsafe_code, reason = "SQLite's interface for a file is C")]

mod pending;

use std::{
    ffi::{c_int, c_void},
    ptr, slice,
};

use libsqlite3_sys::{
    SQLITE_IOERR, SQLITE_OK, sqlite3_database_file_object, sqlite3_file, sqlite3_filename, sqlite3_int64,
    sqlite3_io_methods,
};

use self::pending::Code;
pub(crate) use self::pending::Pending;
use crate::{
    database,
    wrap::{self, Wrap, call, the_same},
};

/// What is known of a log.
#[derive(Debug)]
pub(crate) struct Log {
    pending: Pending,
    database: *mut sqlite3_file,
}

static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    // What later versions have is for the database file.
    iVersion: 1,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: None,
    xShmLock: None,
    xShmBarrier: None,
    xShmUnmap: None,
    xFetch: None,
    xUnfetch: None,
};

/// Opens the log of a database that was opened here, too; any other without a wrap.
///
/// # Safety
///
/// As for [`wrap::wrap`]; and `name` is what SQLite calls the log.
pub(crate) unsafe fn open(
    name: sqlite3_filename,
    file: *mut sqlite3_file,
    inner: impl FnOnce(*mut sqlite3_file) -> c_int,
) -> c_int {
    // SAFETY: `name` is a log's, so it belongs to a database that is open, and stays so for longer.
    let database = unsafe { sqlite3_database_file_object(name) };
    // SAFETY: as above.
    if database.is_null() || !unsafe { database::is_ours(database) } {
        return inner(file);
    }
    let log = Log { pending: Pending::default(), database };
    // SAFETY: the methods are those of a `Wrap<Log>`. When it is closed, the database forgets it.
    unsafe {
        let code = wrap::wrap(file, &METHODS, log, inner);
        if code == SQLITE_OK {
            database::set_log(database, &raw mut (*file.cast::<Wrap<Log>>()).state.pending);
        }
        code
    }
}

/// Writes to the inner file.
///
/// # Safety
///
/// `file` was opened here.
unsafe fn write_inner(file: *mut sqlite3_file, bytes: &[u8], at: i64) -> c_int {
    let Ok(length) = c_int::try_from(bytes.len()) else { return SQLITE_IOERR };
    // SAFETY: the file is open, and `bytes` are `length` bytes.
    unsafe { call!(file, xWrite, bytes.as_ptr().cast::<c_void>(), length, at) }
}

/// Writes what waits, and tells whether that went well.
///
/// # Safety
///
/// `file` was opened here, and nobody else uses it now: SQLite holds the connection's lock.
unsafe fn write_out(file: *mut sqlite3_file) -> Result<(), Code> {
    // SAFETY: the caller says so. What is written lies in the other part of the memory.
    unsafe { (*file.cast::<Wrap<Log>>()).state.pending.write_out(|bytes, at| write_inner(file, bytes, at)) }
}

/// Methods that do what the inner file does, once all that waits is written.
macro_rules! after_writing {
    ($($name:ident, $method:ident($($argument:ident: $kind:ty),*);)*) => {$(
        unsafe extern "C" fn $name(file: *mut sqlite3_file $(, $argument: $kind)*) -> c_int {
            // SAFETY: SQLite calls this for a file that was opened here, one call at a time.
            match unsafe { write_out(file) } {
                // SAFETY: as above.
                Ok(()) => unsafe { call!(file, $method $(, $argument)*) },
                Err(code) => code,
            }
        }
    )*};
}

after_writing! {
    read, xRead(into: *mut c_void, length: c_int, at: sqlite3_int64);
    truncate, xTruncate(length: sqlite3_int64);
    sync, xSync(flags: c_int);
    size, xFileSize(length: *mut sqlite3_int64);
    control, xFileControl(operation: c_int, argument: *mut c_void);
}

the_same! {
    lock, xLock(level: c_int);
    unlock, xUnlock(level: c_int);
    check_reserved_lock, xCheckReservedLock(is_held: *mut c_int);
    sector_size, xSectorSize();
    device_characteristics, xDeviceCharacteristics();
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    bytes: *const c_void,
    length: c_int,
    at: sqlite3_int64,
) -> c_int {
    let Ok(length) = usize::try_from(length) else { return SQLITE_IOERR };
    // SAFETY: SQLite gives so many bytes.
    let piece = unsafe { slice::from_raw_parts(bytes.cast::<u8>(), length) };
    // SAFETY: SQLite calls this for a file that was opened here, one call at a time.
    let taken = unsafe {
        (*file.cast::<Wrap<Log>>()).state.pending.take(piece, at, |bytes, at| write_inner(file, bytes, at))
    };
    taken.err().unwrap_or(SQLITE_OK)
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: SQLite calls this once, for a file that was opened here. What still waits is dropped: it
    // belongs to a transaction that was not completed.
    unsafe {
        let log = &raw mut (*file.cast::<Wrap<Log>>()).state;
        database::set_log((*log).database, ptr::null_mut());
        ptr::drop_in_place(log);
        call!(file, xClose)
    }
}
