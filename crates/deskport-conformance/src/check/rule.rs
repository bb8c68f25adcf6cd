//! A rule: what must hold, where that is written, why it matters, how to repair it, and who judges it.

use std::pin::Pin;

use deskport_wire::Variant;

use super::probe::Probe;

/// How much hangs on a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The contract says so, or Fin cannot work without it.
    Must,
    /// Wise: the contract hints at it, or something is lost on a bad day without it.
    Should,
    /// A hint; nothing breaks.
    May,
}

impl Level {
    /// The level's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::May => "may",
        }
    }
}

/// Where a rule applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// To both variants, each judged by itself.
    Both,
    /// To variant R.
    OnlyR,
    /// To variant P.
    OnlyP,
    /// To the server as a whole; judged with the first variant.
    Once,
    /// To the server as a whole; judged when all else is.
    AtEnd,
}

impl Scope {
    pub(super) fn covers(self, variant: Variant) -> bool {
        match self {
            Self::Both => true,
            Self::OnlyR => variant == Variant::R,
            Self::OnlyP => variant == Variant::P,
            Self::Once | Self::AtEnd => false,
        }
    }
}

/// What must hold.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Chapter and number; findings put the variant before it.
    pub id: &'static str,
    /// How much hangs on it.
    pub level: Level,
    /// Where it applies.
    pub scope: Scope,
    /// What must hold, in one sentence.
    pub claim: &'static str,
    /// The pages of the contract on which it rests, by their tags; `-` where none says it.
    pub source: &'static str,
    /// Why it matters to Fin.
    pub why: &'static str,
    /// How to repair it.
    pub fix: &'static str,
    /// Who judges it.
    pub judge: Judge,
}

/// Judges one rule.
pub type Judge = for<'a> fn(&'a Probe<'a>) -> Judging<'a>;

/// A judgment that is on its way.
pub type Judging<'a> = Pin<Box<dyn Future<Output = Judged> + Send + 'a>>;

/// What a judge says.
pub type Judged = Result<Pass, Stop>;

/// The rule holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pass {
    /// That is all.
    Plain,
    /// The contract leaves a choice, and this one was seen.
    Seen(String),
}

/// The rule does not hold, or nobody can know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// What is wrong.
    Fail(String),
    /// Why it could not be judged.
    Skip(String),
}

/// The rule holds, and this reading was seen.
#[expect(
    clippy::unnecessary_wraps,
    reason = "a judge ends with `seen`, `fail` or `hold`, and all say the same type"
)]
pub(super) fn seen(what: impl Into<String>) -> Judged {
    Ok(Pass::Seen(what.into()))
}

/// The rule does not hold.
pub(super) fn fail<T>(what: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Fail(what.into()))
}

/// The rule cannot be judged.
pub(super) fn skip<T>(because: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Skip(because.into()))
}

/// The rule holds if `condition` does; `wrong` says what is wrong otherwise.
pub(super) fn hold(condition: bool, wrong: impl FnOnce() -> String) -> Judged {
    if condition { Ok(Pass::Plain) } else { fail(wrong()) }
}

/// Rules about one topic.
#[derive(Debug, Clone, Copy)]
pub struct Chapter {
    /// The topic.
    pub name: &'static str,
    /// The rules, in the order in which they are judged.
    pub rules: &'static [Rule],
}
