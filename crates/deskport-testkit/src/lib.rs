//! For those who write a store, and for deskport's own tests: the contract suite, builders, fakes.
//!
//! The contract suite holds a store to every promise that `deskport-ports` makes in its name. An
//! adapter's whole test file is a function that opens an empty store, and one line:
//!
//! ```
//! # use deskport_storage_memory::MemoryStore as MyStore;
//! # struct TempDir;
//! async fn fresh() -> (MyStore, TempDir) {
//!     # stringify!(
//!     let dir = TempDir::new().unwrap();
//!     (MyStore::open(dir.path()).await.unwrap(), dir)
//!     # ); (MyStore::default(), TempDir)
//! }
//!
//! deskport_testkit::storage_contract!(fresh);
//! # fn main() {}
//! ```
//!
//! More than a hundred tests come out of it, one per promise, each named for what it proves; they
//! are the functions in the modules of [`storage`].
//!
//! Builders ([`build`]) and fakes ([`fake`]) make the values that tests need:
//!
//! ```
//! use deskport_domain::Visibility;
//! use deskport_testkit::build::a_message;
//!
//! let note = a_message().by_agent().private().build();
//! assert_eq!(note.visibility, Visibility::Private);
//! ```

#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "test code: what goes wrong here must fail the test that called"
)]

pub mod build;
pub mod fake;
pub mod storage;
pub mod transport;
