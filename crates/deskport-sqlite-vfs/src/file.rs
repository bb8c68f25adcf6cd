//! The write-ahead log as a file of SQLite's: a wrap around the file of the standard VFS.
#![expect(unsafe_code, reason = "SQLite's interface for a file is C")]

use std::{
    ffi::{c_int, c_void},
    ptr, slice,
};

use libsqlite3_sys::{SQLITE_IOERR, SQLITE_OK, sqlite3_file, sqlite3_int64, sqlite3_io_methods};

use crate::pending::{Code, Pending};

/// What SQLite takes for the file. Behind it in the same piece of memory lies that of the standard VFS.
#[repr(C)]
struct Wrap {
    file: sqlite3_file,
    pending: Pending,
}

/// How much room the wrap takes.
pub(crate) const WRAP_BYTES: usize = size_of::<Wrap>().next_multiple_of(8);

static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    // The later versions are about the database file.
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

/// Opens the file of the standard VFS and puts the wrap around it.
///
/// # Safety
///
/// `file` has room for the wrap and, behind it, for what `open` makes of the pointer that it gets.
pub(crate) unsafe fn wrap(file: *mut sqlite3_file, open: impl FnOnce(*mut sqlite3_file) -> c_int) -> c_int {
    // SAFETY: `file` has room for both. SQLite closes no file that has no methods.
    let inner = unsafe {
        (*file).pMethods = ptr::null();
        let inner = inner(file);
        (*inner).pMethods = ptr::null();
        inner
    };
    let code = open(inner);
    if code == SQLITE_OK {
        let wrap = Wrap { file: sqlite3_file { pMethods: &raw const METHODS }, pending: Pending::default() };
        // SAFETY: nothing is there yet that would have to be dropped.
        unsafe { file.cast::<Wrap>().write(wrap) };
    }
    code
}

/// The file of the standard VFS.
///
/// # Safety
///
/// `file` begins a piece of memory of more than `WRAP_BYTES`.
unsafe fn inner(file: *mut sqlite3_file) -> *mut sqlite3_file {
    // SAFETY: the caller says so.
    unsafe { file.byte_add(WRAP_BYTES) }
}

/// Calls a method of the file of the standard VFS.
macro_rules! call {
    ($file:expr, $method:ident $(, $argument:expr)*) => {{
        let inner = inner($file);
        match (*(*inner).pMethods).$method {
            Some(method) => method(inner $(, $argument)*),
            None => SQLITE_IOERR,
        }
    }};
}

/// Writes to the file of the standard VFS.
///
/// # Safety
///
/// `file` was opened by `wrap`.
unsafe fn write_inner(file: *mut sqlite3_file, bytes: &[u8], at: i64) -> c_int {
    let Ok(length) = c_int::try_from(bytes.len()) else { return SQLITE_IOERR };
    // SAFETY: the file is open, and `bytes` are `length` bytes.
    unsafe { call!(file, xWrite, bytes.as_ptr().cast::<c_void>(), length, at) }
}

/// Writes what waits, and tells whether that went well.
///
/// # Safety
///
/// `file` was opened by `wrap`, and nobody else uses it now: SQLite holds the connection's lock.
unsafe fn write_out(file: *mut sqlite3_file) -> Result<(), Code> {
    // SAFETY: the caller says so. What is written lies in the other part of the memory.
    unsafe { (*file.cast::<Wrap>()).pending.write_out(|bytes, at| write_inner(file, bytes, at)) }
}

/// A method that does what the standard VFS does, once all that waits is written.
macro_rules! after_writing {
    ($($name:ident, $method:ident($($argument:ident: $kind:ty),*);)*) => {$(
        unsafe extern "C" fn $name(file: *mut sqlite3_file $(, $argument: $kind)*) -> c_int {
            // SAFETY: SQLite calls this for a file that `wrap` opened, one call at a time.
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

/// A method that does what the standard VFS does.
macro_rules! the_same {
    ($($name:ident, $method:ident($($argument:ident: $kind:ty),*);)*) => {$(
        unsafe extern "C" fn $name(file: *mut sqlite3_file $(, $argument: $kind)*) -> c_int {
            // SAFETY: SQLite calls this for a file that `wrap` opened.
            unsafe { call!(file, $method $(, $argument)*) }
        }
    )*};
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
    // SAFETY: SQLite calls this for a file that `wrap` opened, one call at a time.
    let taken =
        unsafe { (*file.cast::<Wrap>()).pending.take(piece, at, |bytes, at| write_inner(file, bytes, at)) };
    taken.err().unwrap_or(SQLITE_OK)
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: SQLite calls this once, for a file that `wrap` opened. What still waits belongs to a
    // transaction that was not completed, or could not be written, which SQLite was told.
    unsafe {
        let _ = write_out(file);
        let code = call!(file, xClose);
        ptr::drop_in_place(&raw mut (*file.cast::<Wrap>()).pending);
        code
    }
}
