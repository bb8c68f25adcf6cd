//! The faces over the memory store: every endpoint, every refusal, and what hostile clients send.

mod answers;
mod auth;
mod concurrency;
mod desk;
mod errors;
mod failures;
mod hostile;
mod lists;
mod public;
mod requests;
mod server;
mod signatures;
mod support;
mod token;
