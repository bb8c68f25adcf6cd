//! Time and randomness, asked for and never taken.

use deskport_domain::Timestamp;

/// The time of day.
pub trait Clock: Send + Sync {
    /// The present moment. May jump when somebody sets the machine's clock.
    fn now(&self) -> Timestamp;
}

/// New ids and secrets.
pub trait IdSource: Send + Sync {
    /// 128 bits that nobody else gets, best a UUIDv7: later ones are greater within a process.
    fn uuid(&self) -> u128;

    /// 256 bits that nobody can guess.
    fn secret(&self) -> [u8; 32];
}
