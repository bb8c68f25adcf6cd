//! SQLite through the VFS, as other connections see it.

#![expect(clippy::unwrap_used, reason = "what goes wrong in the helpers of a test fails the test")]

#[cfg(target_os = "linux")]
mod calls;
#[cfg(unix)]
mod full_disk;
mod given;
#[cfg(target_os = "linux")]
mod page_cache;
mod transactions;
