//! What is wrong with a setting, said so that it can be put right at once.

use std::fmt;

use super::{nearest, values::Source};

/// Why the settings cannot be used.
#[derive(Debug)]
pub(crate) struct Problem {
    /// The key, or the file or variable where there is no key to name.
    subject: String,
    what: String,
    source: Option<String>,
    allowed: Option<String>,
}

impl Problem {
    /// A value that a key cannot have.
    pub(super) fn bad_value(key: &str, what: impl Into<String>, source: &Source, allowed: &str) -> Self {
        Self {
            subject: key.to_owned(),
            what: what.into(),
            source: Some(source.to_string()),
            allowed: Some(allowed.to_owned()),
        }
    }

    /// A key that does not exist, and those that do in its section, or the sections.
    pub(super) fn unknown(key: &str, source: &Source, known: &[&str]) -> Self {
        let section = key.split('.').next().unwrap_or_default();
        let near = nearest::to(key, known);
        let pairs = || known.iter().filter_map(|known| known.split_once('.'));
        let names: Vec<&str> = pairs().filter(|(known, _)| *known == section).map(|(_, name)| name).collect();
        let allowed = if names.is_empty() {
            let mut sections: Vec<&str> = pairs().map(|(section, _)| section).collect();
            sections.dedup();
            format!("{} as a section", sections.join(", "))
        } else {
            format!("{} in [{section}]", names.join(", "))
        };
        Self {
            subject: key.to_owned(),
            what: format!("unknown key, perhaps `{near}` is meant"),
            source: Some(source.to_string()),
            allowed: Some(allowed),
        }
    }

    /// A file or a variable that cannot be read.
    pub(super) fn unreadable(subject: &str, what: impl Into<String>) -> Self {
        Self { subject: subject.to_owned(), what: what.into(), source: None, allowed: None }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subject, what, source, allowed } = self;
        write!(f, "{subject}: {what}")?;
        if let Some(source) = source {
            write!(f, " (set by {source})")?;
        }
        if let Some(allowed) = allowed {
            write!(f, "; allowed: {allowed}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}
