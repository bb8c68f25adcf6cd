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
            for family in 0..sizes[0].len() {
                let [small, middle, large] = [0, 1, 2].map(|size: usize| {
                    let (name, input) = &sizes[size][family];
                    (name, input.len(), steps_for(input, hidden_text))
                });
                let growth = |from: (&&str, usize, usize), to: (&&str, usize, usize)| {
                    (to.2 * from.1) as f64 / (from.2 * to.1) as f64
                };
                let (first, second) = (growth(small, middle), growth(middle, large));
                assert!(first < 1.5 && second < 1.2, "{}: {first} {second}", small.0);
                assert!(large.2 <= 64 * large.1, "{}: {} steps for {} bytes", large.0, large.2, large.1);
            }
        }
    }
}
