//! SQLite through the VFS, as other connections see it.

mod transactions;
