//! The top of the page: what was judged, what to repair, and how each topic went.

use std::fmt::Write as _;

use deskport_wire::Variant;

use super::{escape, prose};
use crate::check::Level;
use crate::report::source::PAGES;
use crate::report::{Finding, Report, Verdict};

impl Report {
    /// For somebody who knows the contract and not this program.
    pub(super) fn write_lead(&self, text: &mut String) {
        let variants = match self.variants().as_slice() {
            [variant] => format!("variant {variant:?}"),
            _ => "both variants".to_owned(),
        };
        let _ = write!(
            text,
            "<p class=\"lead\">A program that calls as Fin does has judged {variants} of this server from outside, \
             rule by rule. A rule is a <b>must</b> if the contract says so or Fin cannot work without it, a \
             <b>should</b> if something is lost on a bad day without it, and a <b>may</b> if it is a hint. \
             {} decides. The contract is Intercom's documentation at <a href=\"https://{PAGES}\">{PAGES}</a>.</p>",
            if self.strict { "In this strict run, every must and every should" } else { "Only a must" }
        );
    }

    /// The broken rules, the worst first, each with its place on the page.
    pub(super) fn write_repairs(&self, text: &mut String) {
        let mut failures: Vec<&Finding> = self.failures().collect();
        if failures.is_empty() {
            return;
        }
        failures.sort_by_key(|finding| (finding.rule.level, finding.rule.id));
        text.push_str("<section><h2>What to repair</h2><ol class=\"repairs\">");
        for same in failures.chunk_by(|one, next| one.rule.id == next.rule.id) {
            write_repair(text, same);
        }
        text.push_str("</ol></section>");
    }

    /// A row for each topic, a column for each variant.
    pub(super) fn write_topic_table(&self, text: &mut String) {
        let variants = self.variants();
        let mut topics: Vec<&str> = Vec::new();
        for finding in &self.findings {
            if !topics.contains(&finding.chapter) {
                topics.push(finding.chapter);
            }
        }
        text.push_str("<section><h2>Topics</h2><table class=\"topics\"><thead><tr><th>Topic</th>");
        for variant in &variants {
            let _ = write!(text, "<th>Variant {variant:?}</th>");
        }
        text.push_str("</tr></thead><tbody>");
        for topic in topics {
            let _ = write!(text, "<tr><th>{}</th>", escape(topic));
            for variant in &variants {
                let wanted = |finding: &&Finding| finding.topic() == (topic, *variant);
                write_score(text, &self.findings.iter().filter(wanted).collect::<Vec<_>>());
            }
            text.push_str("</tr>");
        }
        text.push_str("</tbody></table></section>");
    }

    fn variants(&self) -> Vec<Variant> {
        let mut variants: Vec<Variant> = self.findings.iter().map(|finding| finding.variant).collect();
        variants.dedup();
        variants
    }
}

fn write_repair(text: &mut String, same: &[&Finding]) {
    let rule = same[0].rule;
    let _ = write!(
        text,
        "<li class=\"{0}\"><span class=\"level\">{0}</span><div><p class=\"claim\">{1}</p>",
        rule.level.name(),
        prose(rule.claim)
    );
    for finding in same {
        let Verdict::Failed { why } = &finding.verdict else { continue };
        let _ = write!(
            text,
            "<p><a href=\"#{0}\"><code>{0}</code></a> {1}</p>",
            finding.id(),
            prose(&why.chars().take(300).collect::<String>())
        );
    }
    let _ = write!(text, "<p class=\"note\">{} {}</p></div></li>", prose(rule.why), prose(rule.fix));
}

/// How many rules of a topic hold; empty where the topic was not on the table.
fn write_score(text: &mut String, topic: &[&Finding]) {
    let Some(first) = topic.first() else {
        text.push_str("<td></td>");
        return;
    };
    let judged = topic.iter().filter(|finding| !matches!(finding.verdict, Verdict::NotJudged { .. })).count();
    let broken: Vec<&&Finding> = topic.iter().filter(|finding| finding.failed()).collect();
    let (class, mark) = match broken.iter().map(|finding| finding.rule.level).min() {
        Some(Level::Must) => ("must", "✗"),
        Some(Level::Should) => ("should", "!"),
        Some(Level::May) => ("may", "!"),
        None if judged == 0 => ("none", "–"),
        None => ("pass", "✓"),
    };
    let score = match judged {
        0 => "not judged".to_owned(),
        judged => format!("{} of {judged} hold", judged - broken.len()),
    };
    let (anchor, rest) = (anchor(first), topic.len() - judged);
    let rest = if rest > 0 && judged > 0 { format!(", {rest} not judged") } else { String::new() };
    let _ = write!(
        text,
        "<td class=\"{class}\"><a href=\"#{anchor}\"><b>{mark}</b> {score}<span class=\"rest\">{rest}</span></a></td>"
    );
}

/// The name of a topic's place on the page.
pub(super) fn anchor(finding: &Finding) -> String {
    let slug = finding.chapter.to_lowercase().replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
    format!("{:?}-{slug}", finding.variant)
}
