//! Simulations against servers of known quality: a good one stays in step, and each bad one is found out.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod flaws;
mod helpdesk;
mod page;
mod runs;
