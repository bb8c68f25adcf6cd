//! The report for a terminal: what is broken first and in full, the rest in a line each.

use std::fmt::Write as _;

use super::{Finding, Report, Verdict};
use crate::client::Exchange;

/// Longer bodies are cut; the other reports have more of them.
const BODY: usize = 400;

/// How many of the things left behind are named.
const NAMED: usize = 3;

const RED: &str = "\x1b[31m";
const YELLOW: &str = "\x1b[33m";
const GREEN: &str = "\x1b[32m";
const BOLD: &str = "\x1b[1m";
const FAINT: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

impl Report {
    /// The report as text, with colors if `colored`.
    pub fn to_terminal(&self, colored: bool) -> String {
        let paint = Paint(colored);
        let mut text = String::new();
        self.write_chapters(&mut text, &paint);
        self.write_failures(&mut text, &paint);
        self.write_leftovers(&mut text, &paint);
        let (color, word) =
            if self.is_conformant() { (GREEN, "conformant") } else { (RED, "not conformant") };
        let _ = writeln!(text, "\n{} is {}: {}", self.url, paint.with(color, word), self.summary());
        text
    }

    fn write_chapters(&self, text: &mut String, paint: &Paint) {
        let mut heading = String::new();
        for finding in &self.findings {
            let next = format!("{} (variant {:?})", finding.chapter, finding.variant);
            if next != heading {
                let _ = writeln!(text, "\n{}", paint.with(BOLD, &next));
                heading = next;
            }
            let _ = writeln!(text, "  {}", line(finding, paint));
        }
    }

    fn write_failures(&self, text: &mut String, paint: &Paint) {
        let mut failures: Vec<&Finding> = self.failures().collect();
        failures.sort_by_key(|finding| finding.rule.level);
        for finding in failures {
            let Finding { rule, verdict: Verdict::Failed { why }, .. } = finding else { continue };
            let title = format!("{} ({}) {}", finding.id(), rule.level.name(), rule.claim);
            let _ = writeln!(text, "\n{}", paint.with(BOLD, &title));
            let rows =
                [("seen", why.as_str()), ("source", rule.source), ("why", rule.why), ("repair", rule.fix)];
            for (name, value) in rows {
                let _ = writeln!(text, "  {} {value}", paint.with(FAINT, &format!("{name:<7}")));
            }
            for exchange in finding.exchanges.iter().rev().take(2).rev() {
                write_exchange(text, exchange, paint);
            }
        }
    }

    fn write_leftovers(&self, text: &mut String, paint: &Paint) {
        if self.leftovers.is_empty() {
            return;
        }
        let _ = writeln!(text, "\n{}", paint.with(BOLD, "Left behind"));
        for kind in ["user", "conversation"] {
            let left = self.leftovers.iter().filter(|leftover| leftover.kind == kind);
            let ids: Vec<&str> = left.map(|leftover| leftover.id.as_str()).collect();
            let some = ids.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
            let more = if ids.len() > NAMED { " and more, which the other reports list" } else { "" };
            let _ = writeln!(text, "  {} of kind {kind}: {some}{more}", ids.len());
        }
        let _ = writeln!(text, "  names and titles begin with `Conformance {}`", self.run);
    }
}

fn line(finding: &Finding, paint: &Paint) -> String {
    let (mark, note) = match &finding.verdict {
        Verdict::Passed { seen: None } => (paint.with(GREEN, "pass"), String::new()),
        Verdict::Passed { seen: Some(seen) } => (paint.with(GREEN, "pass"), format!("seen: {seen}")),
        Verdict::Failed { why } => {
            let color = if finding.rule.level == crate::Level::Must { RED } else { YELLOW };
            (paint.with(color, "FAIL"), why.clone())
        }
        Verdict::NotJudged { because } => (paint.with(FAINT, "----"), format!("not judged: {because}")),
    };
    let note = if note.is_empty() {
        note
    } else {
        format!("\n         {}", paint.with(FAINT, &shorten(&note, BODY)))
    };
    format!("{mark} {:<9} {:<6} {}{note}", finding.id(), finding.rule.level.name(), finding.rule.claim)
}

fn write_exchange(text: &mut String, exchange: &Exchange, paint: &Paint) {
    let sent = &exchange.sent;
    let _ = writeln!(text, "  {} {} {}", paint.with(FAINT, "sent   "), sent.method, sent.url);
    if !sent.body.is_empty() {
        let _ = writeln!(text, "          {}", shorten(&sent.body, BODY));
    }
    let _ = writeln!(text, "  {} {}", paint.with(FAINT, "came   "), exchange.outcome());
    if let Ok(received) = &exchange.answer {
        let _ = writeln!(text, "          {}", shorten(&received.body, BODY));
    }
}

/// `text` in one line that a terminal can show, cut after `limit` characters.
fn shorten(text: &str, limit: usize) -> String {
    let printable = |letter: char| if letter.is_control() { ' ' } else { letter };
    let mut short: String = text.chars().take(limit).map(printable).collect();
    if text.chars().nth(limit).is_some() {
        short.push('…');
    }
    short
}

/// Colors, or none.
struct Paint(bool);

impl Paint {
    fn with(&self, color: &str, text: &str) -> String {
        if self.0 { format!("{color}{text}{PLAIN}") } else { text.to_owned() }
    }
}
