//! The report for a terminal: how each topic went, and in full what somebody has to look at.

mod broken;
mod paint;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use self::paint::{BOLD, FAINT, GREEN, Paint, RED, YELLOW, shorten};
use super::{Finding, Report, Verdict};
use crate::check::Level;

/// How many of the things left behind are named.
const NAMED: usize = 3;

/// How many rules that were not judged for the same reason are listed.
const LISTED: usize = 12;

/// Longer notes are cut.
const NOTE: usize = 200;

/// How much the report for a terminal says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// How each topic went; and the rules that are broken, or could not be judged.
    WhatToLookAt,
    /// Each rule by name, and what was seen where the contract leaves a choice.
    EveryRule,
}

impl Report {
    /// The report as text, with colors if `colored`.
    pub fn to_terminal(&self, detail: Detail, colored: bool) -> String {
        let paint = Paint(colored);
        let mut text = String::new();
        self.write_topics(&mut text, detail, &paint);
        self.write_not_judged(&mut text, &paint);
        self.write_broken(&mut text, &paint);
        self.write_leftovers(&mut text, &paint);
        let (color, word) =
            if self.is_conformant() { (GREEN, "conformant") } else { (RED, "not conformant") };
        let strict = if self.strict { " (strict)" } else { "" };
        let _ = writeln!(text, "\n{} is {}{strict}", paint.with(BOLD, &self.url), paint.with(color, word));
        let _ = writeln!(text, "{}", self.summary());
        text
    }

    fn write_topics(&self, text: &mut String, detail: Detail, paint: &Paint) {
        let mut variant = None;
        for topic in self.findings.chunk_by(|one, next| one.topic() == next.topic()) {
            if variant != Some(topic[0].variant) {
                variant = Some(topic[0].variant);
                let _ = writeln!(text, "\n{}", paint.with(BOLD, &format!("Variant {:?}", topic[0].variant)));
            }
            write_topic(text, topic, paint);
            if detail == Detail::EveryRule {
                for finding in topic {
                    write_line(text, finding, paint);
                }
            }
        }
    }

    /// What could not be judged, by the reason.
    fn write_not_judged(&self, text: &mut String, paint: &Paint) {
        let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for finding in &self.findings {
            if let Verdict::NotJudged { because } = &finding.verdict {
                reasons.entry(because).or_default().push(finding.id());
            }
        }
        if reasons.is_empty() {
            return;
        }
        let _ = writeln!(text, "\n{}", paint.with(BOLD, "Not judged"));
        for (because, ids) in reasons {
            let more = match ids.len().saturating_sub(LISTED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let listed = ids.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join(", ");
            let _ = writeln!(text, "  {}: {listed}{more}", shorten(because, NOTE));
        }
    }

    fn write_leftovers(&self, text: &mut String, paint: &Paint) {
        if self.leftovers.is_empty() {
            return;
        }
        let _ = writeln!(text, "\n{}", paint.with(BOLD, "Left behind, as the contract has no way to delete"));
        for (kind, kinds) in [("user", "end users"), ("conversation", "conversations")] {
            let left = self.leftovers.iter().filter(|leftover| leftover.kind == kind);
            let ids: Vec<&str> = left.map(|leftover| leftover.id.as_str()).collect();
            let some = ids.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
            let more = if ids.len() > NAMED { " and more; the other reports list them all" } else { "" };
            let _ = writeln!(text, "  {} {kinds}: {}{more}", ids.len(), shorten(&some, NOTE));
        }
        let _ = writeln!(text, "  their names and titles begin with `Conformance {}`", self.run);
    }
}

/// How many rules of a topic hold, of those that could be judged.
fn write_topic(text: &mut String, topic: &[Finding], paint: &Paint) {
    let judged = topic.iter().filter(|finding| !matches!(finding.verdict, Verdict::NotJudged { .. })).count();
    let broken: Vec<&Finding> = topic.iter().filter(|finding| finding.failed()).collect();
    let worst = broken.iter().map(|finding| finding.rule.level).min();
    let (mark, color) = match worst {
        Some(Level::Must) => ("✗", RED),
        Some(_) => ("!", YELLOW),
        None if judged == 0 => ("–", FAINT),
        None => ("✓", GREEN),
    };
    let name = format!("{:<30}", topic[0].chapter);
    let score = match judged {
        0 => "not judged".to_owned(),
        judged => format!("{} of {judged} hold", judged - broken.len()),
    };
    let skipped = match topic.len() - judged {
        skipped if skipped > 0 && judged > 0 => format!(", {skipped} not judged"),
        _ => String::new(),
    };
    let _ = writeln!(text, "  {} {name} {score}{}", paint.with(color, mark), paint.with(FAINT, &skipped));
}

fn write_line(text: &mut String, finding: &Finding, paint: &Paint) {
    let (mark, note) = match &finding.verdict {
        Verdict::Passed { seen: None } => (paint.with(GREEN, "holds     "), String::new()),
        Verdict::Passed { seen: Some(seen) } => (paint.with(GREEN, "holds     "), format!("seen: {seen}")),
        Verdict::Failed { why } => (paint.with(RED, "broken    "), why.clone()),
        Verdict::NotJudged { because } => (paint.with(FAINT, "not judged"), because.clone()),
    };
    let _ = writeln!(
        text,
        "      {mark} {:<9} {:<6}  {}",
        finding.id(),
        finding.rule.level.name(),
        finding.rule.claim
    );
    if !note.is_empty() {
        let _ = writeln!(text, "{:35}{}", "", paint.with(FAINT, &shorten(&note, NOTE)));
    }
}
