//! The database: what a checkpoint writes to it is flushed bit by bit, and its locks tell when a
//! transaction has ended.
#![expect(unsafe_code, reason = "SQLite's interface for a file is C")]

use std::{
    ffi::{c_int, c_void},
    ptr,
};

use libsqlite3_sys::{
    SQLITE_OK, SQLITE_SHM_UNLOCK, SQLITE_SYNC_DATAONLY, SQLITE_SYNC_NORMAL, sqlite3_file, sqlite3_int64,
    sqlite3_io_methods,
};

use crate::{
    log::Pending,
    wrap::{self, Wrap, call, the_same},
};

/// How much is written before it is flushed.
const FLUSH_BYTES: u32 = 1024 * 1024;

/// The lock in shared memory that a transaction holds while it writes (`WAL_WRITE_LOCK`).
const WRITE_LOCK: c_int = 0;

/// What is known of a database.
#[derive(Debug)]
pub(crate) struct Database {
    unflushed: Unflushed,
    /// What waits for its log, while that is open.
    log: *mut Pending,
}

/// How many bytes were written since the last flush.
#[derive(Debug, Default)]
struct Unflushed(u32);

impl Unflushed {
    /// Counts bytes, and tells whether it is time to flush.
    fn count(&mut self, bytes: c_int) -> bool {
        self.0 = self.0.saturating_add(bytes.unsigned_abs());
        self.0 >= FLUSH_BYTES
    }
}

static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 3,
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
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: Some(fetch),
    xUnfetch: Some(unfetch),
};

/// Opens a database.
///
/// # Safety
///
/// As for [`wrap::wrap`].
pub(crate) unsafe fn open(file: *mut sqlite3_file, inner: impl FnOnce(*mut sqlite3_file) -> c_int) -> c_int {
    let state = Database { unflushed: Unflushed::default(), log: ptr::null_mut() };
    // SAFETY: the methods are those of a `Wrap<Database>`, of which nothing needs to be dropped.
    unsafe { wrap::wrap(file, &METHODS, state, inner) }
}

/// Whether a file was opened here.
///
/// # Safety
///
/// `file` is open.
pub(crate) unsafe fn is_ours(file: *mut sqlite3_file) -> bool {
    // SAFETY: the caller says so.
    ptr::eq(unsafe { (*file).pMethods }, &raw const METHODS)
}

/// Says what waits for the log of a database; nothing does if that is null.
///
/// # Safety
///
/// `file` was opened here, and `log` is valid until somebody says something else.
pub(crate) unsafe fn set_log(file: *mut sqlite3_file, log: *mut Pending) {
    // SAFETY: the caller says so.
    unsafe { (*file.cast::<Wrap<Database>>()).state.log = log };
}

the_same! {
    close, xClose();
    read, xRead(into: *mut c_void, length: c_int, at: sqlite3_int64);
    truncate, xTruncate(length: sqlite3_int64);
    size, xFileSize(length: *mut sqlite3_int64);
    lock, xLock(level: c_int);
    unlock, xUnlock(level: c_int);
    check_reserved_lock, xCheckReservedLock(is_held: *mut c_int);
    control, xFileControl(operation: c_int, argument: *mut c_void);
    sector_size, xSectorSize();
    device_characteristics, xDeviceCharacteristics();
    shm_map, xShmMap(region: c_int, length: c_int, extends: c_int, at: *mut *mut c_void);
    shm_unmap, xShmUnmap(deletes: c_int);
    fetch, xFetch(at: sqlite3_int64, length: c_int, page: *mut *mut c_void);
    unfetch, xUnfetch(at: sqlite3_int64, page: *mut c_void);
}

/// Writes, and flushes what was written now and then. If that fails, nobody knows what is on the disk:
/// then the write has failed, and SQLite does not count on any of it.
unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    bytes: *const c_void,
    length: c_int,
    at: sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite calls this for a file that was opened here, one call at a time.
    unsafe {
        match call!(file, xWrite, bytes, length, at) {
            SQLITE_OK if (*file.cast::<Wrap<Database>>()).state.unflushed.count(length) => {
                sync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY)
            }
            code => code,
        }
    }
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: SQLite calls this for a file that was opened here, one call at a time.
    unsafe {
        (*file.cast::<Wrap<Database>>()).state.unflushed = Unflushed::default();
        call!(file, xSync, flags)
    }
}

/// Locks and unlocks. With the lock for writing ends the transaction: what still waits for the log was
/// undone, and others may write there from now on.
unsafe extern "C" fn shm_lock(file: *mut sqlite3_file, lock: c_int, count: c_int, flags: c_int) -> c_int {
    // SAFETY: SQLite calls this for a file that was opened here, and uses its log in no other thread now.
    unsafe {
        let log = (*file.cast::<Wrap<Database>>()).state.log;
        if lock == WRITE_LOCK && flags & SQLITE_SHM_UNLOCK != 0 && !log.is_null() {
            (*log).discard();
        }
        call!(file, xShmLock, lock, count, flags)
    }
}

unsafe extern "C" fn shm_barrier(file: *mut sqlite3_file) {
    // SAFETY: SQLite calls this for a file that was opened here.
    unsafe {
        let inner = wrap::inner(file);
        if let Some(barrier) = (*(*inner).pMethods).xShmBarrier {
            barrier(inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_time_to_flush_after_a_mebibyte() {
        let mut unflushed = Unflushed::default();
        assert!((1..256).all(|_| !unflushed.count(4096)));
        assert!(unflushed.count(4096));
    }
}
