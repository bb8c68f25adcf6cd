//! Limits that the contract leaves to the helpdesk.

/// How large a request's parts may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The longest message body as it was sent, in bytes of UTF-8.
    pub message_body_bytes: usize,
}

/// A message body of 1 MiB.
impl Default for Limits {
    fn default() -> Self {
        Self { message_body_bytes: 1024 * 1024 }
    }
}
