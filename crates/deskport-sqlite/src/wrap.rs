//! A file around a file: SQLite sees the outer one, and the inner one is that of the standard VFS.
#![expect(unsafe_code, reason = "SQLite's interface for a file is C")]

use std::{ffi::c_int, ptr};

use libsqlite3_sys::{SQLITE_OK, sqlite3_file, sqlite3_io_methods};

use crate::{database::Database, log::Log};

/// The outer file. The inner one lies [`WRAP_BYTES`] after its beginning, in the same piece of memory.
#[repr(C)]
pub(crate) struct Wrap<S> {
    file: sqlite3_file,
    /// What the outer file knows beside the inner one.
    pub(crate) state: S,
}

/// How much room an outer file takes, whatever it knows.
pub(crate) const WRAP_BYTES: usize = {
    let (log, database) = (size_of::<Wrap<Log>>(), size_of::<Wrap<Database>>());
    (if log > database { log } else { database }).next_multiple_of(8)
};

/// Opens the inner file and puts the outer one around it.
///
/// # Safety
///
/// `file` has room for [`WRAP_BYTES`] and, behind them, for what `open` makes of the pointer that it
/// gets. `methods` take a `Wrap<S>`, and the one that closes it drops the state.
pub(crate) unsafe fn wrap<S>(
    file: *mut sqlite3_file,
    methods: &'static sqlite3_io_methods,
    state: S,
    open: impl FnOnce(*mut sqlite3_file) -> c_int,
) -> c_int {
    const { assert!(size_of::<Wrap<S>>() <= WRAP_BYTES && align_of::<Wrap<S>>() <= 8) };
    // SAFETY: `file` has room for both. SQLite closes no file that has no methods.
    let inner = unsafe {
        (*file).pMethods = ptr::null();
        let inner = inner(file);
        (*inner).pMethods = ptr::null();
        inner
    };
    let code = open(inner);
    if code == SQLITE_OK {
        // SAFETY: nothing is there yet that would have to be dropped.
        unsafe { file.cast::<Wrap<S>>().write(Wrap { file: sqlite3_file { pMethods: methods }, state }) };
    }
    code
}

/// The inner file.
///
/// # Safety
///
/// `file` begins a piece of memory of more than [`WRAP_BYTES`].
pub(crate) unsafe fn inner(file: *mut sqlite3_file) -> *mut sqlite3_file {
    // SAFETY: the caller says so.
    unsafe { file.byte_add(WRAP_BYTES) }
}

/// Calls a method of the inner file.
macro_rules! call {
    ($file:expr, $method:ident $(, $argument:expr)*) => {{
        let inner = $crate::wrap::inner($file);
        match (*(*inner).pMethods).$method {
            Some(method) => method(inner $(, $argument)*),
            None => libsqlite3_sys::SQLITE_IOERR,
        }
    }};
}

/// Methods that do what the inner file does.
macro_rules! the_same {
    ($($name:ident, $method:ident($($argument:ident: $kind:ty),*);)*) => {$(
        unsafe extern "C" fn $name(file: *mut libsqlite3_sys::sqlite3_file $(, $argument: $kind)*) -> c_int {
            // SAFETY: SQLite calls this for a file that `wrap` opened.
            unsafe { $crate::wrap::call!(file, $method $(, $argument)*) }
        }
    )*};
}

pub(crate) use {call, the_same};
