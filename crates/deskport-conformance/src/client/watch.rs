//! Looks on while a client calls.

use std::fmt::Debug;

use super::Exchange;

/// Is shown each exchange of a client, or of a listener, as it happens.
pub trait Watch: Debug + Send + Sync {
    /// One more exchange.
    fn exchange(&self, exchange: &Exchange);
}
