//! What a run found, for people and for machines.

mod escape;
mod html;
mod json;
mod junit;
mod progress;
mod source;
mod terminal;

use deskport_wire::Variant;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::check::{Chapter, CheckOptions, Judged, Leftover, Level, Pass, Rule, Scope, Stop};
use crate::client::Exchange;

pub use progress::TerminalProgress;
pub use terminal::Detail;

/// How one rule was judged for one variant.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The topic.
    pub chapter: &'static str,
    /// The rule.
    pub rule: &'static Rule,
    /// The variant that was spoken.
    pub variant: Variant,
    /// The judgment.
    pub verdict: Verdict,
    /// What was sent and what came back, without secrets.
    pub exchanges: Vec<Exchange>,
}

/// A judgment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The rule holds.
    Passed {
        /// Where the contract leaves a choice: what was seen.
        seen: Option<String>,
    },
    /// The rule is broken.
    Failed {
        /// How.
        why: String,
    },
    /// Nobody can know.
    NotJudged {
        /// Because of this.
        because: String,
    },
}

impl Finding {
    pub(crate) fn new(
        chapter: &'static Chapter,
        rule: &'static Rule,
        variant: Variant,
        judged: Judged,
        exchanges: Vec<Exchange>,
    ) -> Self {
        let verdict = match judged {
            Ok(Pass::Plain) => Verdict::Passed { seen: None },
            Ok(Pass::Seen(what)) => Verdict::Passed { seen: Some(what) },
            Err(Stop::Fail(why)) => Verdict::Failed { why },
            Err(Stop::Skip(because)) => Verdict::NotJudged { because },
        };
        Self { chapter: chapter.name, rule, variant, verdict, exchanges }
    }

    pub(crate) fn not_judged(
        chapter: &'static Chapter,
        rule: &'static Rule,
        variant: Variant,
        because: &str,
    ) -> Self {
        Self::new(chapter, rule, variant, Err(Stop::Skip(because.to_owned())), Vec::new())
    }

    /// The rule's id with the variant before it: `R-MSG-04`; without one where the whole server was judged.
    pub fn id(&self) -> String {
        match self.rule.scope {
            Scope::Once | Scope::AtEnd => self.rule.id.to_owned(),
            _ => format!("{:?}-{}", self.variant, self.rule.id),
        }
    }

    /// The topic and the variant, by which reports group.
    fn topic(&self) -> (&'static str, Variant) {
        (self.chapter, self.variant)
    }

    /// Whether the rule is broken.
    pub fn failed(&self) -> bool {
        matches!(self.verdict, Verdict::Failed { .. })
    }
}

/// What a run found.
#[derive(Debug, Clone)]
pub struct Report {
    /// Address of the server.
    pub url: String,
    /// Marks what this run made.
    pub run: String,
    /// Whether a broken *should* fails the run.
    pub strict: bool,
    /// Every judgment, in the order in which they were made.
    pub findings: Vec<Finding>,
    /// What the run made and could not remove.
    pub leftovers: Vec<Leftover>,
}

/// How many findings went which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Rules that hold.
    pub passed: usize,
    /// Broken rules by level: must, should, may.
    pub failed: [usize; 3],
    /// Rules that could not be judged.
    pub not_judged: usize,
}

impl Report {
    pub(crate) fn new(options: &CheckOptions, run: &str) -> Self {
        Self {
            url: options.url.clone(),
            run: run.to_owned(),
            strict: options.strict,
            findings: Vec::new(),
            leftovers: Vec::new(),
        }
    }

    /// When the run began, to the second; empty if the machine's clock makes no sense.
    pub fn began_at(&self) -> String {
        let millis: i64 = self.run.parse().unwrap_or_default();
        let moment = OffsetDateTime::from_unix_timestamp(millis / 1000).ok();
        moment.and_then(|moment| moment.format(&Rfc3339).ok()).unwrap_or_default()
    }

    /// The broken rules.
    pub fn failures(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.failed())
    }

    /// Whether a broken rule of this level fails the run.
    pub fn counts_against(&self, level: Level) -> bool {
        level == Level::Must || (self.strict && level == Level::Should)
    }

    /// Whether no *must* is broken, and in a strict run no *should* either.
    pub fn is_conformant(&self) -> bool {
        !self.failures().any(|finding| self.counts_against(finding.rule.level))
    }

    /// How many went which way.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for finding in &self.findings {
            match finding.verdict {
                Verdict::Passed { .. } => counts.passed += 1,
                Verdict::Failed { .. } => counts.failed[finding.rule.level as usize] += 1,
                Verdict::NotJudged { .. } => counts.not_judged += 1,
            }
        }
        counts
    }

    /// One sentence that sums up.
    pub fn summary(&self) -> String {
        let Counts { passed, failed: [must, should, may], not_judged } = self.counts();
        format!(
            "{passed} rules hold; broken: {must} must, {should} should, {may} may; {not_judged} not judged"
        )
    }
}
