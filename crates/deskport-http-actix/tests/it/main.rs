//! The faces over the memory store: every endpoint, every refusal, and what hostile clients send.

#![expect(clippy::unwrap_used, reason = "what goes wrong in a test must fail it")]

mod answers;
mod auth;
mod concurrency;
mod desk;
mod errors;
mod failures;
mod hostile;
mod lists;
mod logs;
mod public;
mod requests;
mod server;
mod shelf;
mod signatures;
mod support;
mod token;
