//! Webhooks over HTTPS: notifications to Fin, signed events to the desk.
//!
//! [`FinTransport`] tells Fin what changed; [`DeskTransport`] hands events to the desk's own system, as
//! [Standard Webhooks](https://www.standardwebhooks.com) 1.0 has it. One call is one attempt, within a
//! time limit; redirects are never followed, and of an answer at most 64 KiB are read.
//!
//! TLS needs nothing of the machine: it is rustls with *ring*, and the root certificates are built in;
//! those of the machine count as well.

mod address;
mod call;
mod client;
mod desk;
mod fin;
mod pause;
mod signature;

pub use address::{InvalidUrl, WebhookUrl};
pub use client::{CallLimits, StartError};
pub use desk::{DeskOptions, DeskTransport};
pub use fin::{FinOptions, FinTransport, IntegrationId, InvalidIntegrationId, InvalidKey, WebhookKey};
pub use signature::{InvalidSecret, WebhookSecret};
