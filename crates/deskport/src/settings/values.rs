//! Values before they have a type: text, and where it came from.

use std::fmt;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;

use super::Problem;

/// Every known key with its value, in the order of the documented file.
#[derive(Debug)]
pub(super) struct Values(Vec<(String, Value)>);

/// One value.
pub(super) struct Value {
    pub(super) text: String,
    pub(super) source: Source,
    /// Whether the documented file writes it in quotes.
    pub(super) quoted: bool,
}

/// Who set a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// The compiled-in file.
    Default,
    /// The file that was named on the command line.
    File(PathBuf),
    /// A variable of the environment.
    Variable(String),
}

impl Values {
    pub(super) fn new(values: Vec<(String, Value)>) -> Self {
        Self(values)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    pub(super) fn text(&self, key: &str) -> &str {
        self.find(key).map_or("", |value| value.text.as_str())
    }

    pub(super) fn source(&self, key: &str) -> &Source {
        self.find(key).map_or(&Source::Default, |value| &value.source)
    }

    /// A number within `range`.
    pub(super) fn number<T>(&self, key: &str, range: RangeInclusive<T>) -> Result<T, Problem>
    where
        T: FromStr + PartialOrd + fmt::Display,
    {
        let number = self.text(key).parse().ok().filter(|number| range.contains(number));
        let allowed = || format!("a whole number from {} to {}", range.start(), range.end());
        number.ok_or_else(|| self.refuse(key, &allowed()))
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, key: &str) -> Result<bool, Problem> {
        self.choice(key, &[("true", true), ("false", false)])
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&self, key: &str, choices: &[(&str, T)]) -> Result<T, Problem> {
        let text = self.text(key);
        let chosen = choices.iter().find(|(word, _)| text.eq_ignore_ascii_case(word));
        let words = || choices.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        chosen.map(|(_, choice)| *choice).ok_or_else(|| self.refuse(key, &words()))
    }

    /// A path of a URL, without a slash at its end; empty for the root.
    pub(super) fn path(&self, key: &str) -> Result<String, Problem> {
        let path = self.text(key).trim_matches('/');
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let segment = |segment: &str| !segment.is_empty() && segment.bytes().all(plain);
        match path {
            "" => Ok(String::new()),
            path if path.split('/').all(segment) => Ok(format!("/{path}")),
            _ => Err(self.refuse(key, "a path such as /api/fin, of letters, digits and any of - . _ ~")),
        }
    }

    /// What to say of a value that cannot be. Not for secrets: it quotes the value.
    pub(super) fn refuse(&self, key: &str, allowed: &str) -> Problem {
        Problem::bad_value(key, format!("bad value {:?}", self.text(key)), self.source(key), allowed)
    }

    /// The same for secrets and for reasons of one's own.
    pub(super) fn refuse_because(&self, key: &str, what: &str, allowed: &str) -> Problem {
        Problem::bad_value(key, what, self.source(key), allowed)
    }

    fn find(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }
}

/// Shows no text, which may be a secret.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Value(from {})", self.source)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => path.display().fmt(f),
            Self::Variable(name) => f.write_str(name),
        }
    }
}
