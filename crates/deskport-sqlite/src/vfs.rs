//! The VFS: SQLite's own, but for how the database and its log are opened.
#![expect(unsafe_code, reason = "SQLite's interface for a VFS is C")]

use std::{
    ffi::{CStr, c_char, c_int},
    ptr,
    sync::OnceLock,
};

use libsqlite3_sys::{
    SQLITE_CANTOPEN, SQLITE_OK, SQLITE_OPEN_MAIN_DB, SQLITE_OPEN_WAL, sqlite3_file, sqlite3_vfs,
    sqlite3_vfs_find, sqlite3_vfs_register,
};

use crate::{database, log, wrap::WRAP_BYTES};

/// The name of the VFS in SQLite: `file:…?vfs=deskport`.
pub const NAME: &str = "deskport";
const C_NAME: &CStr = c"deskport";

/// Why the VFS cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RegisterError {
    /// This SQLite was built without any.
    #[error("SQLite has no VFS of its own")]
    NoDefault,
    /// SQLite did not take it.
    #[error("SQLite refused the VFS with code {0}")]
    Refused(i32),
}

/// SQLite reads the first member, and hands a pointer to it to all functions of the VFS.
#[repr(C)]
struct Vfs {
    vfs: sqlite3_vfs,
    standard: *mut sqlite3_vfs,
}

/// Makes the VFS known to SQLite, and tells its [`NAME`]. Once is enough for a process; more often does
/// no harm.
///
/// # Errors
///
/// [`RegisterError`] if this SQLite is not as it comes.
pub fn register() -> Result<&'static str, RegisterError> {
    static OUTCOME: OnceLock<Result<&'static str, RegisterError>> = OnceLock::new();
    *OUTCOME.get_or_init(register_once)
}

fn register_once() -> Result<&'static str, RegisterError> {
    // SAFETY: a null pointer asks for the standard VFS.
    let standard = unsafe { sqlite3_vfs_find(ptr::null()) };
    if standard.is_null() {
        return Err(RegisterError::NoDefault);
    }
    // SAFETY: SQLite keeps a VFS for as long as it is registered, and nobody takes this one back. All
    // its other functions only look at members that are copied here.
    let copy = unsafe { *standard };
    let room = c_int::try_from(WRAP_BYTES).map_err(|_| RegisterError::NoDefault)?;
    let vfs = sqlite3_vfs {
        zName: C_NAME.as_ptr(),
        szOsFile: copy.szOsFile + room,
        pNext: ptr::null_mut(),
        xOpen: Some(open),
        ..copy
    };
    let vfs = Box::leak(Box::new(Vfs { vfs, standard }));
    // SAFETY: it is never freed, and 0 leaves the standard VFS the standard.
    match unsafe { sqlite3_vfs_register(&raw mut vfs.vfs, 0) } {
        SQLITE_OK => Ok(NAME),
        code => Err(RegisterError::Refused(code)),
    }
}

/// Opens a file: the database and its log with a wrap around, any other as the standard VFS does.
///
/// # Safety
///
/// As SQLite calls it: `vfs` is the one registered here, `file` has room for `szOsFile` bytes.
unsafe extern "C" fn open(
    vfs: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    flags_out: *mut c_int,
) -> c_int {
    // SAFETY: `vfs` is the first member of a `Vfs` that lives for ever.
    let standard = unsafe { (*vfs.cast::<Vfs>()).standard };
    // SAFETY: as above, for the standard VFS.
    let Some(open) = (unsafe { (*standard).xOpen }) else { return SQLITE_CANTOPEN };
    // SAFETY: where nothing is wrapped, `file` has room for more than the standard VFS asks for, and
    // behind a wrap as much as that.
    let standard = |file| unsafe { open(standard, name, file, flags, flags_out) };
    match flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_DB) {
        // SAFETY: as above.
        SQLITE_OPEN_WAL => unsafe { log::open(name, file, standard) },
        // SAFETY: as above.
        SQLITE_OPEN_MAIN_DB => unsafe { database::open(file, standard) },
        _ => standard(file),
    }
}
