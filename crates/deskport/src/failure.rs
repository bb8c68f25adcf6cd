//! Why the program ends without having done its work.

use std::error::Error;
use std::fmt;
use std::io;

use crate::settings::Problem;

/// The end: one line for whoever started the program, and a code for the shell.
#[derive(Debug)]
pub(crate) struct Failure {
    text: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The settings are wrong.
    Settings,
    /// Something went wrong.
    Work,
    /// Nobody reads the output any more, such as `head` after its last line.
    NobodyListens,
}

/// What a fallible step of the program answers.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// A reason of the program's own.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), kind: Kind::Work }
    }

    /// What was typed cannot be done.
    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self { text: text.into(), kind: Kind::Settings }
    }

    /// An error and what led to it, after what was being done.
    pub(crate) fn while_doing(what: impl fmt::Display, error: &(dyn Error + 'static)) -> Self {
        let mut text = format!("{what}: {error}");
        let mut source = error.source();
        while let Some(cause) = source {
            let cause_text = cause.to_string();
            // Some errors repeat their source in their own text.
            if !text.ends_with(&cause_text) {
                text = format!("{text}: {cause_text}");
            }
            source = cause.source();
        }
        Self::new(text.replace('\n', " "))
    }

    /// The same for what a setting says.
    pub(crate) fn in_setting(key: &str, error: &(dyn Error + 'static)) -> Self {
        Self { kind: Kind::Settings, ..Self::while_doing(key, error) }
    }

    /// What the shell gets: 2 for wrong settings, as for a wrong command line, 1 for the rest.
    pub(crate) fn exit_code(&self) -> u8 {
        match self.kind {
            Kind::Settings => 2,
            Kind::Work => 1,
            Kind::NobodyListens => 0,
        }
    }

    /// Whether there is something to say.
    pub(crate) fn is_worth_a_line(&self) -> bool {
        self.kind != Kind::NobodyListens
    }
}

/// Comes from writing the output; other input and output says what it was doing.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self { text: String::new(), kind: Kind::NobodyListens },
            _ => Self::while_doing("writing the output", &error),
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self { text: problem.to_string(), kind: Kind::Settings }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
