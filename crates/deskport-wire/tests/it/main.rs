//! The wire crate from outside: published examples, tolerance, refusals, properties.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail the test")]

mod answers;
mod faults;
mod properties;
mod requests;
mod support;
mod tolerance;
