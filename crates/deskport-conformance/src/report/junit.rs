//! The report as `JUnit` XML, which build servers read.

use std::fmt::Write as _;

use super::escape::escape;
use super::{Finding, Report, Verdict};

impl Report {
    /// The report as `JUnit` XML: a suite for each chapter and variant. A broken rule that does not fail the run is
    /// an output of its case, and a rule that could not be judged is a skipped case.
    pub fn to_junit(&self) -> String {
        let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        let failed = self.failures().filter(|finding| self.counts_against(finding.rule.level)).count();
        let _ = writeln!(
            text,
            "<testsuites name=\"conformance of {}\" tests=\"{}\" failures=\"{failed}\">",
            escape(&self.url),
            self.findings.len()
        );
        for suite in self.findings.chunk_by(|one, next| suite_name(one) == suite_name(next)) {
            self.write_suite(&mut text, suite);
        }
        text.push_str("</testsuites>\n");
        text
    }

    fn write_suite(&self, text: &mut String, suite: &[Finding]) {
        let Some(first) = suite.first() else { return };
        let failed =
            suite.iter().filter(|finding| finding.failed() && self.counts_against(finding.rule.level));
        let skipped = suite.iter().filter(|finding| matches!(finding.verdict, Verdict::NotJudged { .. }));
        let _ = writeln!(
            text,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\">",
            escape(&suite_name(first)),
            suite.len(),
            failed.count(),
            skipped.count()
        );
        for finding in suite {
            self.write_case(text, finding);
        }
        text.push_str("  </testsuite>\n");
    }

    fn write_case(&self, text: &mut String, finding: &Finding) {
        let rule = finding.rule;
        let name = format!("{} ({}) {}", finding.id(), rule.level.name(), rule.claim);
        let _ = write!(text, "    <testcase classname=\"{}\" name=\"{}\"", finding.chapter, escape(&name));
        match &finding.verdict {
            Verdict::Passed { seen: None } => text.push_str("/>\n"),
            Verdict::Passed { seen: Some(seen) } => {
                let _ = writeln!(text, "><system-out>seen: {}</system-out></testcase>", escape(seen));
            }
            Verdict::NotJudged { because } => {
                let _ = writeln!(text, "><skipped message=\"{}\"/></testcase>", escape(because));
            }
            Verdict::Failed { why } if self.counts_against(rule.level) => {
                let advice = format!("why: {}\nrepair: {}\nsource: {}", rule.why, rule.fix, rule.source);
                let (why, advice) = (escape(why), escape(&advice));
                let _ = writeln!(text, "><failure message=\"{why}\">{advice}</failure></testcase>");
            }
            Verdict::Failed { why } => {
                let _ = writeln!(text, "><system-out>broken: {}</system-out></testcase>", escape(why));
            }
        }
    }
}

fn suite_name(finding: &Finding) -> String {
    format!("{:?} {}", finding.variant, finding.chapter)
}
