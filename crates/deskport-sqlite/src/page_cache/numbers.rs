//! Which numbers the pages of a cache may have.

/// No page has a number above the highest, but for one that may be astray.
///
/// SQLite swaps the numbers of two pages by way of a third number, far beyond the end of the database,
/// which no page keeps. As the highest it would stay in mind until the cache was searched for it.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    highest: u32,
    stray: Option<u32>,
}

impl Numbers {
    /// A page with this number is in the cache.
    pub(super) fn see(&mut self, number: u32) {
        self.highest = self.highest.max(number);
    }

    /// The page with one number has another now.
    pub(super) fn renumber(&mut self, from: u32, to: u32) {
        if self.stray == Some(from) {
            self.stray = None;
        }
        if to > self.highest && self.stray.is_none() {
            self.stray = Some(to);
        } else {
            self.see(to);
        }
    }

    /// Whether a page may have this number or one above.
    pub(super) fn may_reach(&self, number: u32) -> bool {
        self.highest >= number || self.stray.is_some_and(|stray| stray >= number)
    }

    /// All pages with this number or one above are gone.
    pub(super) fn end_before(&mut self, number: u32) {
        self.highest = self.highest.min(number.saturating_sub(1));
        self.stray = self.stray.filter(|stray| *stray < number);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_swap_by_way_of_a_far_number_leaves_nothing_there() {
        let mut numbers = Numbers::default();
        (1..=9).for_each(|number| numbers.see(number));
        for (from, to) in [(7, 262_145), (9, 7), (262_145, 9)] {
            numbers.renumber(from, to);
        }
        assert!(!numbers.may_reach(10));
        assert!(numbers.may_reach(9));
    }

    #[test]
    fn a_page_that_stays_far_away_is_not_forgotten() {
        let mut numbers = Numbers::default();
        numbers.see(1);
        numbers.renumber(1, 262_145);
        numbers.see(2);
        assert!(numbers.may_reach(3));
        numbers.end_before(3);
        assert!(!numbers.may_reach(3));
    }

    /// What may happen to a cache: a page comes, goes, gets another number, or all from a number on go.
    #[derive(Debug, Clone)]
    enum Step {
        Come(u32),
        Go(u32),
        Renumber(u32, u32),
        EndBefore(u32),
    }

    fn step() -> impl Strategy<Value = Step> {
        let number = || prop_oneof![4 => 1..12_u32, 1 => 90..93_u32];
        prop_oneof![
            4 => number().prop_map(Step::Come),
            1 => number().prop_map(Step::Go),
            4 => (number(), number()).prop_map(|(from, to)| Step::Renumber(from, to)),
            1 => number().prop_map(Step::EndBefore),
        ]
    }

    proptest! {
        #[test]
        fn a_page_that_is_there_is_never_denied(steps in prop::collection::vec(step(), 0..60)) {
            let (mut numbers, mut pages) = (Numbers::default(), BTreeSet::new());
            for step in steps {
                match step {
                    Step::Come(number) => {
                        pages.insert(number);
                        numbers.see(number);
                    }
                    Step::Go(number) => drop(pages.remove(&number)),
                    Step::Renumber(from, to) => {
                        if pages.contains(&from) && !pages.contains(&to) {
                            pages.remove(&from);
                            pages.insert(to);
                            numbers.renumber(from, to);
                        }
                    }
                    Step::EndBefore(number) => {
                        pages.split_off(&number);
                        numbers.end_before(number);
                    }
                }
                for number in &pages {
                    prop_assert!(numbers.may_reach(*number), "{number} in {numbers:?}");
                }
            }
        }
    }
}
