//! Rates in pairs, small beside large, and how many times more the small one does.

use std::fmt::Write as _;

use crate::bench::measured::{middle, sorted};

/// The rates of each phase, in the order in which phases came.
#[derive(Debug, Default)]
pub(super) struct Pairs(Vec<(&'static str, Vec<(f64, f64)>)>);

impl Pairs {
    pub(super) fn add(&mut self, phase: &'static str, small: f64, large: f64) {
        match self.0.iter_mut().find(|(known, _)| *known == phase) {
            Some((_, pairs)) => pairs.push((small, large)),
            None => self.0.push((phase, vec![(small, large)])),
        }
    }

    /// A table in Markdown: medians, and every round's ratio, since rounds differ.
    pub(super) fn table(&self) -> String {
        let mut table = String::from(
            "| phase | small, per second | large, per second | ratio, median (all) |\n|---|---:|---:|---:|\n",
        );
        for (phase, pairs) in &self.0 {
            let small = middle(&sorted(pairs.iter().map(|(small, _)| *small)));
            let large = middle(&sorted(pairs.iter().map(|(_, large)| *large)));
            let ratios: Vec<f64> = pairs.iter().map(|(small, large)| small / large).collect();
            let all: Vec<String> = ratios.iter().map(|ratio| format!("{ratio:.2}")).collect();
            let median = middle(&sorted(ratios.into_iter()));
            // Writing to a string does not fail.
            let _ = writeln!(
                table,
                "| {} | {small:.0} | {large:.0} | {median:.2} ({}) |",
                phase.replace('_', " "),
                all.join(", "),
            );
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_taken_within_a_round_and_shown_in_order() {
        let mut pairs = Pairs::default();
        for (small, large) in [(300.0, 100.0), (100.0, 100.0), (400.0, 200.0)] {
            pairs.add("page_of_10", small, large);
        }
        let table = pairs.table();
        assert!(table.contains("| page of 10 | 300 | 100 | 2.00 (3.00, 1.00, 2.00) |"), "{table}");
    }
}
