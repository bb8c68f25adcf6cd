//! The wire crate from outside: published examples, tolerance, refusals, properties.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail the test")]

mod answers;
mod faults;
mod properties;
mod requests;
#[cfg(feature = "openapi")]
mod schemas;
mod support;
mod tolerance;
