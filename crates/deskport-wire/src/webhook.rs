//! Webhooks: what Fin is told, what the desk is told, and under which names.

mod desk;
mod fin;
#[cfg(test)]
mod tests;

pub use desk::{DeskEvent, DeskEventData, Origin};
pub use fin::{FinNotification, FinNotificationData, FinRegion, Told, TypingAgent};

/// The header with the secret that Fin knows the helpdesk by (spec section 2.2).
pub const KEY_HEADER: &str = "X-Webhook-Key";

/// Where Fin takes notifications, below a region's base URL; the integration's id follows as one
/// more segment.
pub const FIN_PATH: &str = "/hooks/standalone/custom_helpdesk_conversation_event";

/// The header with the event's id, the same in every repeat (Standard Webhooks 1.0).
pub const ID_HEADER: &str = "webhook-id";

/// The header with the moment of the attempt, in seconds since 1970 (Standard Webhooks 1.0).
pub const TIMESTAMP_HEADER: &str = "webhook-timestamp";

/// The header with one signature for each secret, separated by spaces (Standard Webhooks 1.0).
pub const SIGNATURE_HEADER: &str = "webhook-signature";
