//! The checker against servers of known quality: correct ones pass, each broken one fails its own rules only.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod correct;
mod mutations;
mod reference;
mod reports;
mod rules;
mod strangers;
mod webhooks;
