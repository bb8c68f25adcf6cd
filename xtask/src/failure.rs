//! Why a task failed, in words for the person who started it.

use std::{fmt, io};

/// What every task returns.
pub(crate) type Outcome = Result<(), Failure>;

/// A message that says what is wrong and, where it can, what to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    message: String,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }

    /// An input or output error while doing `what`.
    pub(crate) fn io(what: impl fmt::Display, error: &io::Error) -> Self {
        Self::new(format!("{what}: {error}"))
    }

    /// Fails with one line per finding, or succeeds when there is none.
    pub(crate) fn unless_empty(what: &str, findings: &[String]) -> Outcome {
        if findings.is_empty() {
            return Ok(());
        }
        Err(Self::new(format!("{what}:\n  {}", findings.join("\n  "))))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_finding_is_a_success() {
        assert_eq!(Failure::unless_empty("layers", &[]), Ok(()));
    }

    #[test]
    fn every_finding_has_a_line_of_its_own() {
        let findings = ["one".to_owned(), "two".to_owned()];
        let failure = Failure::unless_empty("layers", &findings).unwrap_err();
        assert_eq!(failure.to_string(), "layers:\n  one\n  two");
    }
}
