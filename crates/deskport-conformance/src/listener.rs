//! Receives webhooks as Fin does.
