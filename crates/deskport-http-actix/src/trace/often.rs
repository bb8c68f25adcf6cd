//! What happens very often at times, and is told once a second then: a line for each would cost
//! about as much as what it tells of.

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

const PAUSE_MS: u64 = 1_000;

/// Counts one kind of thing.
#[derive(Debug)]
pub(super) struct Often {
    counted: AtomicU64,
    /// When the next line is due, in milliseconds of this process.
    due_ms: AtomicU64,
}

impl Often {
    pub(super) const fn new() -> Self {
        Self { counted: AtomicU64::new(0), due_ms: AtomicU64::new(0) }
    }

    /// Counts one more. If a line is due, tells how many it stands for: the first, or all since the last line.
    pub(super) fn count(&self) -> Option<u64> {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        self.count_at(u64::try_from(START.elapsed().as_millis()).unwrap_or(u64::MAX))
    }

    fn count_at(&self, now_ms: u64) -> Option<u64> {
        self.counted.fetch_add(1, Ordering::Relaxed);
        let due_ms = self.due_ms.load(Ordering::Relaxed);
        let next_ms = now_ms.saturating_add(PAUSE_MS);
        let is_mine = now_ms >= due_ms
            && self.due_ms.compare_exchange(due_ms, next_ms, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        is_mine.then(|| self.counted.swap(0, Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_told_at_once_and_the_others_once_a_second() {
        let often = Often::new();
        assert_eq!(often.count_at(0), Some(1));
        assert_eq!(often.count_at(1), None);
        assert_eq!(often.count_at(999), None);
        assert_eq!(often.count_at(1_000), Some(3));
        assert_eq!(often.count_at(1_999), None);
        assert_eq!(often.count_at(60_000), Some(2));
    }

    #[test]
    fn all_are_told_whoever_counts() {
        let often = Often::new();
        let count = || (0..10_000).filter_map(|at| often.count_at(at)).sum::<u64>();
        let told: u64 = std::thread::scope(|scope| {
            let threads = [(); 4].map(|()| scope.spawn(count));
            threads.map(|thread| thread.join().unwrap()).iter().sum()
        });
        assert_eq!(told + often.counted.into_inner(), 40_000);
    }
}
