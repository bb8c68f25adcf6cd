//! Change sets that nobody else makes.

use std::sync::atomic::{AtomicU64, Ordering};

use deskport_domain::{Origin, Timestamp};
use deskport_ports::ChangeSet;

/// A change that the desk makes at the moment `at`, under an id that no other call gets.
pub fn a_change(at: Timestamp) -> ChangeSet {
    ChangeSet::new(a_change_id(), Origin::Desk, at)
}

/// A change that Fin makes at the moment `at`, under an id that no other call gets.
pub fn a_change_by_fin(at: Timestamp) -> ChangeSet {
    ChangeSet::new(a_change_id(), Origin::Fin, at)
}

/// 128 bits that no other call gets; later ones are greater.
pub fn a_change_id() -> u128 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    u128::from(LAST.fetch_add(1, Ordering::Relaxed)) + 1
}
