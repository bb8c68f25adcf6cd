//! The number of a run, which marks everything that it makes.

use std::hash::{BuildHasher, RandomState};

/// Thirteen digits: with the five of a counter they still fit a 64-bit integer, where somebody keeps ids as such.
const FIRST: u64 = 1_000_000_000_000;

/// A number that no other run has, also where several begin at the same moment: with one number they would make the
/// same objects, and one would take the other's for its own. By chance, not by the clock; the standard library seeds
/// its hash maps well enough for that.
pub(crate) fn run_number() -> String {
    let chance = RandomState::new().hash_one(FIRST);
    (FIRST + chance % (9 * FIRST)).to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::thread;

    use super::run_number;

    #[test]
    fn runs_that_begin_at_the_same_moment_have_numbers_of_their_own() {
        let runs = || (0..100).map(|_| run_number()).collect::<Vec<_>>();
        let threads: Vec<_> = (0..4).map(|_| thread::spawn(runs)).collect();
        let numbers: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        assert!(
            numbers.iter().all(|number| number.len() == 13 && number.parse::<u64>().is_ok()),
            "{numbers:?}"
        );
        assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), 400);
    }
}
