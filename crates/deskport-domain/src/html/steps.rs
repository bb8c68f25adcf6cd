//! Counts the work in tests, so that they can prove it linear without a clock.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// So many bytes, or things, were looked at. Costs nothing outside of tests.
#[inline]
pub(super) fn steps(count: usize) {
    #[cfg(test)]
    STEPS.with(|steps| steps.set(steps.get() + count));
    #[cfg(not(test))]
    let _ = count;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::families::hostile;
    use crate::html::{HiddenText, Policy};

    fn steps_for(input: &str, hidden_text: HiddenText) -> usize {
        STEPS.with(|steps| steps.set(0));
        drop(Policy { hidden_text }.clean(input));
        STEPS.with(std::cell::Cell::get)
    }

    #[test]
    fn work_grows_no_faster_than_the_input() {
        let sizes = [500, 1000, 2000].map(hostile);
        for hidden_text in [HiddenText::Removed, HiddenText::Kept] {
            for ((small, middle), large) in sizes[0].iter().zip(&sizes[1]).zip(&sizes[2]) {
                let name = small.0;
                let [small, middle, large] =
                    [small, middle, large].map(|(_, input)| (input.len(), steps_for(input, hidden_text)));
                // Steps per byte may grow by half from the first to the second, and by a fifth to the third.
                let grows = |from: (usize, usize), to: (usize, usize), percent: usize| {
                    to.1 * from.0 * 100 > from.1 * to.0 * percent
                };
                assert!(
                    !grows(small, middle, 150) && !grows(middle, large, 120),
                    "{name}: {small:?} {middle:?} {large:?}"
                );
                assert!(large.1 <= 64 * large.0, "{name}: {large:?}");
            }
        }
    }
}
