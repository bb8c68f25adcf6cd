//! What was measured before, under and after an overload, in words and a table.

use std::fmt::Write as _;

use super::answers::{self, ACCEPTED, Answer, due, percentile, sent, waits};
use super::{CONNECTIONS, Measured, Plan, SECONDS};

/// From how much of the wanted rate on it counts as held.
const HELD_PERCENT: u64 = 97;

pub(super) fn text(plan: &Plan, measured: &Measured) -> String {
    let Measured { before, wanted, during, after, anew, stored } = measured;
    let mut text = String::from(
        "| load | seconds | answers per second | accepted per second | p50 ms | p99 ms | p99 ms since due |\n\
         |---|---:|---:|---:|---:|---:|---:|\n",
    );
    text += &row(&format!("{CONNECTIONS} connections, before"), before, SECONDS);
    text +=
        &row(&format!("{wanted} wanted, {} connections", plan.connections), &during.answers, plan.seconds);
    text += &row(&format!("{CONNECTIONS} connections, right after"), after, SECONDS);
    text += &row(&format!("{CONNECTIONS} connections, a new server on the same data"), anew, SECONDS);
    text += "\nWaits are those of accepted requests (201) alone, since they were sent; under overload also since \
             they were due.\n";
    let failed: u64 = during.failed.values().sum();
    let offered = (during.answers.len() as u64 + failed) / u64::from(plan.seconds.max(1));
    let held = if 100 * offered >= HELD_PERCENT * wanted { "" } else { ": the wanted rate was not held" };
    // Writing to a string does not fail.
    let _ = writeln!(text, "Offered: {offered} of {wanted} requests per second{held}.");
    let _ =
        writeln!(text, "Answers by status: {:?}; without an answer: {:?}.", counts(measured), during.failed);
    let _ = writeln!(text, "Stored: {stored} messages, for {} that were accepted.", measured.accepted());
    let (before, after) = (answers::seconds(before, SECONDS), answers::seconds(after, SECONDS));
    let _ = match answers::normal_again(&before, &after) {
        Some(second) => writeln!(text, "As in the worst second before again in second {second} after."),
        None => writeln!(text, "Not as in the worst second before within {SECONDS} s after."),
    };
    let each = |seconds: &[answers::Second]| -> Vec<String> {
        seconds.iter().map(|second| format!("{} ({:.0} ms)", second.accepted, second.p99_ms)).collect()
    };
    let _ = writeln!(text, "Accepted by second (p99), before: {}.", each(&before).join(", "));
    let _ = write!(text, "Accepted by second (p99), after: {}.", each(&after).join(", "));
    text
}

fn row(load: &str, answers: &[Answer], seconds: u32) -> String {
    let (sent, due) = (waits(answers, sent), waits(answers, due));
    let per_second = |count: usize| count / seconds.max(1) as usize;
    format!(
        "| {load} | {seconds} | {} | {} | {:.1} | {:.1} | {:.1} |\n",
        per_second(answers.len()),
        per_second(answers::by_status(answers).get(&ACCEPTED).copied().unwrap_or(0)),
        percentile(&sent, 50),
        percentile(&sent, 99),
        percentile(&due, 99),
    )
}

fn counts(measured: &Measured) -> std::collections::BTreeMap<u16, usize> {
    answers::by_status(&measured.during.answers)
}
