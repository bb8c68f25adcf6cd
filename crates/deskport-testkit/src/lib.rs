//! For those who write a store, and for deskport's own tests: the contract suite, builders, fakes.
//!
//! The contract suite holds a store to every promise that `deskport-ports` makes in its name. An
//! adapter's whole test file is a function that opens an empty store, and one line:
//!
//! ```
//! # mod store {
//! #     pub(crate) use std::sync::Arc as MyStore;
//! # }
//! # #[cfg(any())]
//! async fn fresh() -> (MyStore, TempDir) {
//!     let dir = TempDir::new().unwrap();
//!     (MyStore::open(dir.path()).await.unwrap(), dir)
//! }
//!
//! # #[cfg(any())]
//! deskport_testkit::storage_contract!(fresh);
//! ```
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
