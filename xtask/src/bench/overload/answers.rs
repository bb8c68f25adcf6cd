//! What a load generator noted of each request that was answered, and what follows from all of them.

use std::collections::BTreeMap;

use crate::failure::Failure;

/// The status of a message that was taken.
pub(super) const ACCEPTED: u16 = 201;

/// A request that was answered; moments are seconds since its load began.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Answer {
    status: u16,
    /// When it had to be sent. Later than this it is if all connections wait for answers.
    due: f64,
    sent: f64,
    ended: f64,
}

/// Since when a request waits.
pub(super) type Since = fn(&Answer) -> f64;

/// What was accepted within one second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Second {
    pub(super) accepted: usize,
    pub(super) p99_ms: f64,
}

/// Reads lines of status, due, sent and ended.
pub(super) fn read(lines: &str) -> Result<Vec<Answer>, Failure> {
    lines.lines().map(|line| answer(line).ok_or_else(|| Failure::new(format!("no answer: {line}")))).collect()
}

fn answer(line: &str) -> Option<Answer> {
    let mut words = line.split(' ');
    let status = words.next()?.parse().ok()?;
    let mut moment = || words.next()?.parse::<f64>().ok();
    Some(Answer { status, due: moment()?, sent: moment()?, ended: moment()? })
}

/// How many answers there were of each status.
pub(super) fn by_status(answers: &[Answer]) -> BTreeMap<u16, usize> {
    let mut counts = BTreeMap::new();
    for answer in answers {
        *counts.entry(answer.status).or_default() += 1;
    }
    counts
}

/// How long accepted requests waited, in milliseconds, the shortest first.
pub(super) fn waits(answers: &[Answer], since: Since) -> Vec<f64> {
    let accepted = answers.iter().filter(|answer| answer.status == ACCEPTED);
    super::sorted(accepted.map(|answer| 1_000.0 * (answer.ended - since(answer))))
}

/// So many of a hundred values are at most this; nothing if there are none.
pub(super) fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let place = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(place).copied().unwrap_or(f64::NAN)
}

/// Each whole second, by when its answers ended.
pub(super) fn seconds(answers: &[Answer], count: u32) -> Vec<Second> {
    let second = |number: u32| {
        let (from, to) = (f64::from(number), f64::from(number + 1));
        let within: Vec<Answer> =
            answers.iter().filter(|answer| (from..to).contains(&answer.ended)).copied().collect();
        let waits = waits(&within, sent);
        Second { accepted: waits.len(), p99_ms: percentile(&waits, 99) }
    };
    (0..count).map(second).collect()
}

/// The first second, counted from one, that is no worse than the worst of those before.
pub(super) fn normal_again(before: &[Second], after: &[Second]) -> Option<usize> {
    let fewest = before.iter().map(|second| second.accepted).min()?;
    let longest = before.iter().map(|second| second.p99_ms).fold(0.0, f64::max);
    let normal = |second: &Second| second.accepted >= fewest && second.p99_ms <= longest;
    after.iter().position(normal).map(|place| place + 1)
}

pub(super) fn due(answer: &Answer) -> f64 {
    answer.due
}

pub(super) fn sent(answer: &Answer) -> f64 {
    answer.sent
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTED: &str = "201 0.5 0.75 1.0\n503 0.5 0.5 0.75\n201 1.0 1.5 1.75\n";

    #[test]
    fn only_accepted_requests_count_as_waiting() {
        let answers = read(NOTED).unwrap();
        assert_eq!(by_status(&answers), BTreeMap::from([(201, 2), (503, 1)]));
        assert_eq!((waits(&answers, due), waits(&answers, sent)), (vec![500.0, 750.0], vec![250.0, 250.0]));
    }

    #[test]
    fn a_line_that_is_no_answer_is_refused() {
        for line in ["", "201 1.0 1.0", "created 1 2 3"] {
            assert!(read(&format!("{line}\n")).is_err(), "{line}");
        }
    }

    #[test]
    fn the_percentile_is_one_of_the_values() {
        let values: Vec<f64> = (1..=200).map(f64::from).collect();
        assert_eq!((percentile(&values, 50), percentile(&values, 99)), (100.0, 198.0));
        assert!(percentile(&[], 99).is_nan());
    }

    #[test]
    fn normal_is_what_is_no_worse_than_the_worst_second_before() {
        let second = |accepted, p99_ms| Second { accepted, p99_ms };
        let before = [second(10, 5.0), second(12, 4.0)];
        assert_eq!(normal_again(&before, &[second(9, 1.0), second(20, 5.5), second(10, 5.0)]), Some(3));
        assert_eq!(normal_again(&before, &[second(9, 1.0)]), None);
    }

    #[test]
    fn a_second_holds_what_ended_within_it() {
        let expected = [Second { accepted: 0, p99_ms: f64::NAN }, Second { accepted: 2, p99_ms: 250.0 }];
        let found = seconds(&read(NOTED).unwrap(), 2);
        assert_eq!((found[0].accepted, found[1]), (expected[0].accepted, expected[1]));
    }
}
