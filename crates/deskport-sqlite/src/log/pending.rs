//! What was taken and is not in the file yet.

use std::ffi::c_int;

use libsqlite3_sys::SQLITE_OK;

/// The most bytes that wait: SQLite's own VFS for Unix can write no more with one call.
const ROOM: usize = 0x1_ffff;
/// The length of what describes a page in the log (`WAL_FRAME_HDRSIZE` of SQLite's file format).
const FRAME_HEADER_BYTES: usize = 24;
/// No page is smaller.
const LEAST_PAGE_BYTES: usize = 512;

/// A result code of SQLite's that tells of a failure.
pub(crate) type Code = c_int;

/// Pieces that follow each other in the file.
///
/// What is taken stays until it is written, however often that fails, or until its transaction has
/// ended: SQLite counts on it. A piece that
/// may complete a transaction is written before it counts as taken, so that nobody is told of a
/// transaction that is not in the file.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    bytes: Vec<u8>,
    begin: i64,
    completes: bool,
}

impl Pending {
    /// Takes a piece.
    ///
    /// # Errors
    ///
    /// If `write` fails, this piece is not taken; all earlier ones still are.
    pub(crate) fn take(
        &mut self,
        piece: &[u8],
        at: i64,
        mut write: impl FnMut(&[u8], i64) -> c_int,
    ) -> Result<(), Code> {
        let taken = self.bytes.len();
        let follows = i64::try_from(taken).is_ok_and(|taken| at == self.begin + taken);
        if !follows || taken + piece.len() > ROOM {
            self.write_out(&mut write)?;
        }
        if self.bytes.is_empty() {
            self.bytes.reserve_exact(ROOM);
            self.begin = at;
        }
        let taken = self.bytes.len();
        self.bytes.extend_from_slice(piece);
        self.completes = match piece.len() {
            // The size of the database after the transaction, in the header of its last page only.
            FRAME_HEADER_BYTES => piece[4..8] != [0; 4],
            // The page that the last header describes.
            LEAST_PAGE_BYTES.. => self.completes,
            // The header of the file, or a part of a piece.
            _ => true,
        };
        if self.completes {
            self.write_out(&mut write).inspect_err(|_| self.bytes.truncate(taken))?;
        }
        Ok(())
    }

    /// Writes all that waits, if anything does.
    ///
    /// # Errors
    ///
    /// What `write` says; then it goes on waiting.
    pub(crate) fn write_out(&mut self, mut write: impl FnMut(&[u8], i64) -> c_int) -> Result<(), Code> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        match write(&self.bytes, self.begin) {
            SQLITE_OK => {
                self.bytes.clear();
                Ok(())
            }
            code => Err(code),
        }
    }

    /// Drops what waits: its transaction has ended, and was not completed.
    pub(crate) fn discard(&mut self) {
        self.bytes.clear();
    }
}

#[cfg(test)]
mod tests;
