//! What a check found.

/// One line of the report, and perhaps one with advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) grade: Grade,
    pub(super) subject: &'static str,
    pub(super) what: String,
    pub(super) advice: Option<String>,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grade {
    /// All well.
    Ok,
    /// It works, and somebody should look.
    Warn,
    /// It does not work.
    Fail,
}

impl Grade {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

impl Finding {
    pub(super) fn ok(subject: &'static str, what: impl Into<String>) -> Self {
        Self { grade: Grade::Ok, subject, what: what.into(), advice: None }
    }

    pub(super) fn warn(subject: &'static str, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { grade: Grade::Warn, subject, what: what.into(), advice: Some(advice.into()) }
    }

    pub(super) fn fail(subject: &'static str, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { grade: Grade::Fail, ..Self::warn(subject, what, advice) }
    }
}
