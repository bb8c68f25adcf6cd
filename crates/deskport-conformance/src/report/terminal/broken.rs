//! The broken rules: each once, with what was found in each variant, and one exchange that shows it.

use std::fmt::Write as _;

use super::paint::{BOLD, FAINT, Paint, RED, YELLOW, shorten};
use crate::check::Level;
use crate::client::Exchange;
use crate::report::source::source;
use crate::report::{Finding, Report, Verdict};

/// Longer bodies are cut; the other reports have more of them.
const BODY: usize = 400;

/// Longer reasons are cut.
const WHY: usize = 1000;

impl Report {
    pub(super) fn write_broken(&self, text: &mut String, paint: &Paint) {
        let mut failures: Vec<&Finding> = self.failures().collect();
        // The sort is stable: within a level, the rules stay in the order of the chapters.
        failures.sort_by_key(|finding| finding.rule.level);
        let mut shown: Vec<&str> = Vec::new();
        for finding in &failures {
            if shown.contains(&finding.rule.id) {
                continue;
            }
            shown.push(finding.rule.id);
            let same: Vec<&Finding> =
                failures.iter().copied().filter(|other| other.rule.id == finding.rule.id).collect();
            write_rule(text, &same, paint);
        }
    }
}

fn write_rule(text: &mut String, findings: &[&Finding], paint: &Paint) {
    let Some(first) = findings.first() else { return };
    let rule = first.rule;
    let ids = findings.iter().map(|finding| finding.id()).collect::<Vec<_>>().join(", ");
    let color = if rule.level == Level::Must { RED } else { YELLOW };
    let mark = paint.with(color, &format!("broken {}", rule.level.name()));
    let _ = writeln!(text, "\n{mark}  {}", paint.with(BOLD, &format!("{ids}: {}", rule.claim)));
    let mut row = |name: &str, value: &str| {
        let _ = writeln!(text, "  {} {value}", paint.with(FAINT, &format!("{name:<7}")));
    };
    let mut said: Vec<&str> = Vec::new();
    for finding in findings {
        let Verdict::Failed { why } = &finding.verdict else { continue };
        if !said.contains(&why.as_str()) {
            said.push(why);
            row("found", &shorten(why, WHY));
        }
    }
    row("why", rule.why);
    row("repair", rule.fix);
    row("source", &source(rule.source));
    for exchange in first.exchanges.iter().rev().take(2).rev() {
        write_exchange(text, exchange, paint);
    }
}

fn write_exchange(text: &mut String, exchange: &Exchange, paint: &Paint) {
    let sent = &exchange.sent;
    let _ = writeln!(text, "  {} {} {}", paint.with(FAINT, "sent   "), sent.method, shorten(&sent.url, BODY));
    if !sent.body.is_empty() {
        let _ = writeln!(text, "          {}", shorten(&sent.body, BODY));
    }
    let _ = writeln!(text, "  {} {}", paint.with(FAINT, "answer "), shorten(&exchange.outcome(), BODY));
    if let Ok(received) = &exchange.answer
        && !received.body.is_empty()
    {
        let _ = writeln!(text, "          {}", shorten(&received.body, BODY));
    }
}
